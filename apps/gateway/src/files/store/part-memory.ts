/** Memory for parts, used again and again: what is made anew for each piles up until all of the heap's garbage is collected. */
export class PartMemory {
  private readonly free: Buffer[] = [];

  constructor(
    private readonly bytes: number,
    /** What nobody needs, beyond this, is let go of. */
    private readonly keep: number,
  ) {}

  take(): Buffer {
    return this.free.pop() ?? Buffer.allocUnsafeSlow(this.bytes);
  }

  /** Nobody may use it from then on. */
  give(memory: Buffer): void {
    if (this.free.length < this.keep) this.free.push(memory);
  }
}
