/** Something that is wanted of another part of the screen; nothing happens where that is not shown. */
export class Signal<T = void> {
  private readonly listeners = new Set<(value: T) => void>();

  /** Answers what ends it. */
  listen(listener: (value: T) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  send(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
}
