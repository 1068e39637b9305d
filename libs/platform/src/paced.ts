/**
 * Runs what many ask for, for each key with a pause between one run and the next. Whoever asks during a run or a pause
 * waits for the next run and shares it: nobody is ever answered from a run that began before they asked.
 */
export class Paced<T> {
  /** Until the pause after the last run is over. */
  private readonly resting = new Map<string, Promise<void>>();
  private readonly upcoming = new Map<string, Promise<T>>();

  constructor(private readonly pauseMs: number) {}

  /** What the next run for this key gives. `run` is that run unless somebody has asked for it already. */
  next(key: string, run: () => Promise<T>): Promise<T> {
    const asked = this.upcoming.get(key);
    if (asked) return asked;
    const result = (this.resting.get(key) ?? Promise.resolve()).then(() => this.begin(key, run));
    this.upcoming.set(key, result);
    return result;
  }

  /** Keys that anything is kept of. */
  get size(): number {
    return new Set([...this.resting.keys(), ...this.upcoming.keys()]).size;
  }

  private begin(key: string, run: () => Promise<T>): Promise<T> {
    this.upcoming.delete(key);
    const result = run();
    const rest = this.rest(result).then(() => {
      if (this.resting.get(key) === rest) this.resting.delete(key);
    });
    this.resting.set(key, rest);
    return result;
  }

  private async rest(run: Promise<T>): Promise<void> {
    await run.catch(() => undefined);
    // A process that ends waits for nobody's next run.
    await new Promise((resolve) => setTimeout(resolve, this.pauseMs).unref());
  }
}
