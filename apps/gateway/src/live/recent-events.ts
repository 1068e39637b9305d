import type { InternalEvent } from './audience.js';

export interface RecentEvent {
  /** In the stream; grows, but other workspaces' events are in between. */
  readonly seq: number;
  readonly event: InternalEvent;
  /** Its size as it came. */
  readonly bytes: number;
}

export interface RecentLimits {
  readonly events: number;
  readonly bytes: number;
}

/**
 * The last events of one workspace, without a gap: all after `start`. Sockets that resume are replayed from here, so
 * what comes live meanwhile waits here once for all of them. The oldest go when a limit is passed.
 */
export class RecentEvents {
  private readonly events: RecentEvent[] = [];
  private kept = 0;

  constructor(
    private readonly limits: RecentLimits,
    private startSeq: number,
    /** Told by how much `bytes` has grown, or shrunk, after each change. */
    private readonly onChange: (bytes: number) => void = () => undefined,
  ) {}

  /** As they came. */
  get bytes(): number {
    return this.kept;
  }

  get start(): number {
    return this.startSeq;
  }

  /** Whether every event after this place is here. */
  covers(seq: number): boolean {
    return seq >= this.startSeq;
  }

  push(recent: RecentEvent): void {
    this.changing(() => {
      this.events.push(recent);
      this.kept += recent.bytes;
      this.trim(this.limits);
    });
  }

  /** Puts what happened after `after`, up to `start`, before all the rest. False when `start` has moved since it was read. */
  prepend(older: readonly RecentEvent[], after: number, start: number): boolean {
    if (start !== this.startSeq) return false;
    this.changing(() => {
      this.events.unshift(...older);
      for (const { bytes } of older) this.kept += bytes;
      this.startSeq = after;
      this.trim(this.limits);
    });
    return true;
  }

  /** The older half, by bytes. */
  giveUpHalf(): void {
    this.changing(() => this.trim({ events: Infinity, bytes: Math.floor(this.kept / 2) }));
  }

  /** Those after this place, oldest first. */
  after(seq: number): readonly RecentEvent[] {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.seq ?? Infinity) > seq) high = middle;
      else low = middle + 1;
    }
    return this.events.slice(low);
  }

  private changing(change: () => void): void {
    const before = this.kept;
    change();
    this.onChange(this.kept - before);
  }

  private trim(limits: RecentLimits): void {
    while (this.events.length > limits.events || this.kept > limits.bytes) {
      const oldest = this.events.shift();
      if (!oldest) return;
      this.kept -= oldest.bytes;
      this.startSeq = oldest.seq;
    }
  }
}
