/** Times in ms, the newest ones: what a moving line shows should be of now. */
export class Latencies {
  private readonly times: number[] = [];

  constructor(private readonly keep = 5_000) {}

  add(ms: number): void {
    this.times.push(ms);
    if (this.times.length > this.keep) this.times.shift();
  }

  /** The time that `share` of all stay within; null as long as there are none. */
  quantile(share: number): number | null {
    if (this.times.length === 0) return null;
    const sorted = [...this.times].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? null;
  }

  toString(): string {
    const [half, most] = [this.quantile(0.5), this.quantile(0.95)];
    return half === null || most === null ? 'p50 – p95 –' : `p50 ${Math.round(half)} ms p95 ${Math.round(most)} ms`;
  }
}

/** Brings together when a message was accepted and when it was seen live, whichever is heard of first. */
export class Arrivals {
  readonly latencies = new Latencies();
  private readonly accepted = new Map<string, number>();
  private readonly seen = new Map<string, number>();
  arrived = 0;

  /** Accepted and not seen yet. */
  get missing(): number {
    return this.accepted.size;
  }

  wasAccepted(key: string, at: number): void {
    const seenAt = this.seen.get(key);
    if (seenAt === undefined) this.accepted.set(key, at);
    else this.meet(key, at, seenAt);
  }

  /** Of messages that somebody else wrote too: those are never accepted here, and forgotten in time. */
  wasSeen(key: string, at: number): void {
    const acceptedAt = this.accepted.get(key);
    if (acceptedAt !== undefined) this.meet(key, acceptedAt, at);
    else {
      this.seen.set(key, at);
      if (this.seen.size > 10_000) this.seen.delete(this.seen.keys().next().value ?? '');
    }
  }

  private meet(key: string, acceptedAt: number, seenAt: number): void {
    this.accepted.delete(key);
    this.seen.delete(key);
    this.arrived += 1;
    // The event often overtakes the answer to whoever posted: then nobody waited.
    this.latencies.add(Math.max(0, seenAt - acceptedAt));
  }
}
