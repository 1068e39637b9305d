/** Jobs of one key run one after another, in the order in which they came; keys do not wait for each other. */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();

  /** `job` must not reject. */
  add(key: string, job: () => Promise<void>): void {
    const tail = (this.tails.get(key) ?? Promise.resolve()).then(job).finally(() => {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    });
    this.tails.set(key, tail);
  }

  /** Resolves when all jobs added so far are done. */
  async idle(): Promise<void> {
    await Promise.all(this.tails.values());
  }
}
