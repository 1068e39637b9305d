/**
 * Beats of a process that others take for a sign of life, and that themselves find out by: one that was kept from running
 * heard nobody meanwhile, whoever spoke, and must not take the others for gone before it has read what they said.
 */
export class Pulse {
  private beatenAt = performance.now();

  /** `everyMs`: between two beats of a process that runs. */
  constructor(private readonly everyMs: number) {}

  /** Beats, and answers whether this process was kept from running since it did so last. */
  wasHeldUp(): boolean {
    const now = performance.now();
    const isLate = now - this.beatenAt > 2 * this.everyMs;
    this.beatenAt = now;
    return isLate;
  }
}
