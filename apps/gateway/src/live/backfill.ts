import type { RecentLimits } from './recent-events.js';
import { type Place, resync, type ResyncReason } from './resume.js';
import type { WorkspaceStream } from './workspace-stream.js';

/** The feed, as far as what it holds is filled up from here. */
export interface Filled extends Place {
  /** There is nothing to tell from here to this place. */
  skipTo(seq: number): void;
  /** Resolves when something more was told. */
  news(): Promise<unknown>;
}

interface Waiting {
  readonly seq: number;
  readonly resolve: (refused: ResyncReason | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Brings a feed's recent events as far as the cursors of sockets that resume. One reading at a time, from the lowest
 * cursor that waits: however many come back at once, those behind share the reading of the one in front.
 */
export class Backfill {
  private readonly waiting = new Set<Waiting>();
  private working = false;
  /** From here back more was missed than is replayed; that only grows. */
  private tooFar = -1;

  constructor(
    private readonly stream: Pick<WorkspaceStream, 'bounds' | 'countAfter' | 'eventsBetween'>,
    private readonly feed: Filled,
    private readonly limits: RecentLimits,
  ) {}

  /** Resolves when all after this place is at hand, or with the reason why it cannot be. */
  reach(seq: number): Promise<ResyncReason | null> {
    if (this.isReached(seq)) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.waiting.add({ seq, resolve, reject });
      if (!this.working) void this.work();
    });
  }

  private isReached(seq: number): boolean {
    return seq <= this.feed.position.seq && this.feed.recent.covers(seq);
  }

  private async work(): Promise<void> {
    this.working = true;
    while (this.waiting.size > 0) {
      const lowest = Math.min(...[...this.waiting].map(({ seq }) => seq));
      try {
        const refused = await this.extend(lowest);
        this.settle(({ seq }) => refused !== null && seq === lowest, ({ resolve }) => resolve(refused));
        this.settle(({ seq }) => this.isReached(seq), ({ resolve }) => resolve(null));
      } catch (error) {
        this.settle(() => true, ({ reject }) => reject(error));
      }
    }
    this.working = false;
  }

  private settle(which: (one: Waiting) => boolean, how: (one: Waiting) => void): void {
    for (const one of [...this.waiting].filter(which)) {
      this.waiting.delete(one);
      how(one);
    }
  }

  private async extend(seq: number): Promise<ResyncReason | null> {
    const { recent, position } = this.feed;
    if (this.isReached(seq)) return null;
    if (seq <= this.tooFar) return resync.tooFarBehind;
    const bounds = await this.stream.bounds();
    if (bounds.epoch !== position.epoch) return resync.epochChanged;
    if (seq > bounds.last) return resync.ahead;
    if (seq + 1 < bounds.first) return resync.tooOld;
    if (seq > this.feed.position.seq) return this.comeUp(bounds.last);
    const start = recent.start;
    const older = await this.stream.eventsBetween(seq, start, this.limits);
    if (!older) {
      this.tooFar = Math.max(this.tooFar, seq);
      return resync.tooFarBehind;
    }
    if (!recent.prepend(older, seq, start)) return resync.overtaken;
    return recent.covers(seq) ? null : resync.tooFarBehind;
  }

  /** The feed stands at its workspace's last event, or has not been told it yet; the stream is at `last`. */
  private async comeUp(last: number): Promise<null> {
    const from = this.feed.position.seq;
    const news = this.feed.news();
    if ((await this.stream.countAfter(from)) > 0) await news;
    else if (this.feed.position.seq === from) this.feed.skipTo(last);
    return null;
  }
}
