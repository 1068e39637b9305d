/** Thrown by work that lost a race inside the database and shall be run again. */
export class RunAgain extends Error {
  override readonly name = 'RunAgain';
}

/**
 * Work that deadlocked runs again alone among the work that did so on its collection: run again all at once, it would
 * deadlock again. MongoDB repeats such writes inside, unseen by the client.
 */
export class Turns {
  private readonly lastOf = new Map<string, Promise<void>>();

  /** `work` is told how often it has been run before, and throws `RunAgain` as long as it wants another run. */
  async run<T>(collection: string, work: (attempt: number) => Promise<T>): Promise<T> {
    // While some wait for their turn, newcomers queue up too, or those would never get through.
    let done = this.lastOf.has(collection) ? await this.turn(collection) : undefined;
    try {
      for (let attempt = 0; ; attempt++) {
        try {
          return await work(attempt);
        } catch (error) {
          if (!(error instanceof RunAgain)) throw error;
          done ??= await this.turn(collection);
        }
      }
    } finally {
      done?.();
    }
  }

  private async turn(collection: string): Promise<() => void> {
    const before = this.lastOf.get(collection);
    const mine = Promise.withResolvers<void>();
    this.lastOf.set(collection, mine.promise);
    await before;
    return () => {
      if (this.lastOf.get(collection) === mine.promise) this.lastOf.delete(collection);
      mine.resolve();
    };
  }
}
