/** A bounded number of places to run in; whoever finds none waits, first come, first served. */
export class Slots {
  private readonly queue: (() => void)[] = [];
  private running = 0;

  /** `left` is told whenever somebody leaves a place. */
  constructor(
    private readonly size: number,
    private readonly left: () => void = () => undefined,
  ) {}

  /** How many wait for a place. */
  get waiting(): number {
    return this.queue.length;
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.running < this.size) this.running++;
    // Whoever leaves hands its place over, so that nobody who comes meanwhile takes it.
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      return await job();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.running--;
      this.left();
    }
  }
}
