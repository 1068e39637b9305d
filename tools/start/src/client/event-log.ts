import type { LiveEvents } from '@relevo/contracts';

type EventName = keyof LiveEvents;
export type LiveEvent<E extends EventName> = Parameters<LiveEvents[E]>[0];

interface Logged {
  readonly name: EventName;
  readonly event: unknown;
  taken: boolean;
}

interface Waiting {
  readonly fits: (logged: Logged) => boolean;
  readonly found: (logged: Logged) => void;
  readonly failed: (error: Error) => void;
}

const defaultWithinMs = 60_000;
/** A socket under load forgets its oldest events instead of filling its process. */
const keptEvents = 20_000;

/** Live events in the order in which they came, each to be taken once. */
export class EventLog {
  private readonly events: Logged[] = [];
  private readonly waiting = new Set<Waiting>();
  private ended: Error | undefined;
  private lastCursor: string | undefined;

  constructor(private readonly keep = keptEvents) {}

  /** The newest cursor that any event carried. */
  get cursor(): string | undefined {
    return this.lastCursor;
  }

  add(name: EventName, event: unknown): void {
    const logged: Logged = { name, event, taken: false };
    this.events.push(logged);
    if (this.events.length > this.keep) this.events.shift();
    if (typeof event === 'object' && event !== null && 'cursor' in event && typeof event.cursor === 'string') this.lastCursor = event.cursor;
    for (const each of [...this.waiting]) {
      if (!each.fits(logged)) continue;
      each.found(logged);
      if (logged.taken) return;
    }
  }

  /** Nothing will come any more: who waits learns why. What came can still be taken. */
  end(reason: Error): void {
    this.ended ??= reason;
    for (const { failed } of [...this.waiting]) failed(this.ended);
  }

  /** Everything of that name so far, taken or not. */
  all<E extends EventName>(name: E): LiveEvent<E>[] {
    return this.events.flatMap((logged) => (logged.name === name ? [logged.event as LiveEvent<E>] : []));
  }

  async take<E extends EventName>(name: E, fits?: (event: LiveEvent<E>) => boolean, withinMs = defaultWithinMs): Promise<LiveEvent<E>> {
    return (await this.find(name, fits, withinMs, true)) as LiveEvent<E>;
  }

  /** Like `take`, but leaves it to be taken. */
  async peek<E extends EventName>(name: E, fits?: (event: LiveEvent<E>) => boolean, withinMs = defaultWithinMs): Promise<LiveEvent<E>> {
    return (await this.find(name, fits, withinMs, false)) as LiveEvent<E>;
  }

  private async find<E extends EventName>(name: E, accepts: ((event: LiveEvent<E>) => boolean) | undefined, withinMs: number, take: boolean): Promise<unknown> {
    const fits = (logged: Logged): boolean => !logged.taken && logged.name === name && (accepts?.(logged.event as LiveEvent<E>) ?? true);
    const already = this.events.find(fits);
    if (already) {
      already.taken = take;
      return already.event;
    }
    if (this.ended) throw this.ended;
    return this.wait(name, fits, withinMs, take);
  }

  private wait(name: EventName, fits: Waiting['fits'], withinMs: number, take: boolean): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const done = (): void => {
      clearTimeout(late);
      this.waiting.delete(entry);
    };
    const entry: Waiting = {
      fits,
      found: (logged) => {
        done();
        logged.taken = take;
        resolve(logged.event);
      },
      failed: (error) => {
        done();
        reject(error);
      },
    };
    const late = setTimeout(() => entry.failed(new Error(`No ${name} that fits came within ${withinMs} ms; there were: ${this.summary()}`)), withinMs);
    this.waiting.add(entry);
    return promise;
  }

  private summary(): string {
    const counts = new Map<string, number>();
    for (const { name } of this.events) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].map(([name, count]) => `${count} ${name}`).join(', ') || 'none at all';
  }
}
