/** What a screen shows: the value now, and news of another one. Fits React's `useSyncExternalStore` as it is. */
export interface Store<T> {
  /** The same object until something changed. */
  readonly getSnapshot: () => T;
  /** Answers what ends it. Several changes in a row may be told as one. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Tells whoever listens that something changed: soon after, once for all of a burst. */
export class News {
  private readonly listeners = new Set<() => void>();
  private isTold = true;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Whether anybody listens. */
  get isUsed(): boolean {
    return this.listeners.size > 0;
  }

  changed(): void {
    if (!this.isTold) return;
    this.isTold = false;
    // After a reconnection thousands of events may come at once, and a screen need not be drawn for each.
    setTimeout(() => this.tell(), 0);
  }

  private tell(): void {
    this.isTold = true;
    for (const listener of [...this.listeners]) listener();
  }
}

/** A value that its owner replaces. It is there at once. */
export class Cell<T> implements Store<T> {
  private readonly news = new News();
  readonly subscribe = this.news.subscribe;

  constructor(private value: T) {}

  readonly getSnapshot = (): T => this.value;

  /** Whether anybody looks at it. */
  get isUsed(): boolean {
    return this.news.isUsed;
  }

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    this.news.changed();
  }

  update(change: (value: T) => T): void {
    this.set(change(this.value));
  }
}

/** What follows from one or more stores; worked out again only when one of them changed. */
export function derived<V extends readonly unknown[], T>(sources: readonly [...{ readonly [I in keyof V]: Store<V[I]> }], derive: (...values: V) => T): Store<T> {
  let last: { readonly values: readonly unknown[]; readonly result: T } | null = null;
  const getSnapshot = (): T => {
    const values = sources.map((source: Store<unknown>) => source.getSnapshot());
    if (last && values.every((value, index) => Object.is(value, last?.values[index]))) return last.result;
    const result = derive(...(values as unknown as V));
    last = { values, result };
    return result;
  };
  const subscribe = (listener: () => void): (() => void) => {
    const ends = sources.map((source: Store<unknown>) => source.subscribe(listener));
    return () => {
      for (const end of ends) end();
    };
  };
  return { getSnapshot, subscribe };
}
