import { RecentEvents, type RecentLimits } from './recent-events.js';

/** Each takes up to a workspace's `RECENT_BYTES`; more of them would not make the stream faster. */
const readingsAtOnce = 8;

/**
 * What the recent events of all workspaces may take of a replica's memory. When it is too much, the workspace that has
 * the most gives up half of it: a busy one crowds out nobody else, and whoever missed what is gone has it read again from
 * the stream.
 */
export class RecentMemory {
  private readonly kept = new Set<RecentEvents>();
  private bytes = 0;
  private readings = 0;
  private readonly turns: (() => void)[] = [];

  constructor(private readonly maxBytes: number) {}

  keep(limits: RecentLimits, startSeq: number): RecentEvents {
    const recent: RecentEvents = new RecentEvents(limits, startSeq, (change) => this.changed(recent, change));
    this.kept.add(recent);
    return recent;
  }

  forget(recent: RecentEvents): void {
    if (this.kept.delete(recent)) this.bytes -= recent.bytes;
  }

  /** One of those that fill it up from the stream: what they read counts only once it is kept, so few go at once. */
  async read<T>(reading: () => Promise<T>): Promise<T> {
    if (this.readings < readingsAtOnce) this.readings++;
    else await new Promise<void>((resolve) => this.turns.push(resolve));
    try {
      return await reading();
    } finally {
      const next = this.turns.shift();
      if (next) next();
      else this.readings--;
    }
  }

  private changed(recent: RecentEvents, change: number): void {
    if (!this.kept.has(recent)) return;
    this.bytes += change;
    // Giving up comes back here, as a change of its own.
    if (change > 0 && this.bytes > this.maxBytes) this.makeRoom();
  }

  private makeRoom(): void {
    while (this.bytes > this.maxBytes) {
      const [most] = [...this.kept].sort((a, b) => b.bytes - a.bytes);
      if (!most || most.bytes === 0) return;
      most.giveUpHalf();
    }
  }
}
