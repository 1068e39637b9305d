/** So many at once; the others wait in the order in which they came. */
export class Turns {
  private readonly waiting = new Set<() => void>();
  private free: number;

  constructor(atOnce: number) {
    this.free = atOnce;
  }

  /** Those who wait for one. */
  get queue(): number {
    return this.waiting.size;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    const end = await this.begin();
    try {
      return await task();
    } finally {
      end();
    }
  }

  /** A turn, until what is answered is called. Whoever gives up while waiting is no longer in anybody's way, and gets the signal's reason. */
  async begin(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.free > 0) this.free -= 1;
    else await this.wait(signal);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const [next] = this.waiting;
      if (next) next();
      else this.free += 1;
    };
  }

  private async wait(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const start = (): void => {
      this.waiting.delete(start);
      resolve();
    };
    const leave = (): void => {
      this.waiting.delete(start);
      reject(signal?.reason as Error);
    };
    this.waiting.add(start);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }
}
