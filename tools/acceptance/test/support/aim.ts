const coarsestMs = 128;

/**
 * When one of two who race has to act so that they stay neck and neck, however fast the machine is. Follows the outcomes,
 * in steps that double while the same one wins and are fine again when the other does.
 */
export class Aim {
  private at = 0;
  private step: number;
  private wasFirst?: boolean;

  constructor(
    private readonly finestMs: number,
    private readonly range: readonly [earliestMs: number, latestMs: number],
  ) {
    this.step = finestMs;
  }

  /** Milliseconds after the other acts; below zero, before. */
  get ms(): number {
    return this.at;
  }

  /** Whoever came first acts later the next time, whoever came second earlier. */
  follow(first: boolean): void {
    this.step = first === this.wasFirst ? Math.min(this.step * 2, coarsestMs) : this.finestMs;
    this.wasFirst = first;
    const [earliest, latest] = this.range;
    this.at = Math.min(latest, Math.max(earliest, this.at + (first ? this.step : -this.step)));
  }
}
