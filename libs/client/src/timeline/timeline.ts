import type { Entry } from '@relevo/contracts';
import { errorOf, type RelevoError } from '../api/error.js';
import { untilAnswered } from '../commands/until-answered.js';
import { Cell, type Store } from '../store/cell.js';
import { type TimelineEntry, typed } from './entries.js';
import { emptyTimeline, hasGap, outOfDate, startedAt, type TimelineWindow, withEntries, withLive } from './window.js';

export interface TimelineState {
  /** In seq order, without a gap. */
  readonly entries: readonly TimelineEntry[];
  readonly isLoading: boolean;
  /** Entries before, and after, can be loaded. */
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** Came live, and lies beyond the part that is at hand; of very many the last. */
  readonly ahead: readonly TimelineEntry[];
  /** Of the last entry that was ever at hand: going back to older ones does not make it unseen. */
  readonly reachedSeq: number;
  readonly error: RelevoError | null;
}

export interface TimelinePage {
  readonly items: readonly Entry[];
  readonly nextCursor: string | null;
}

export type LoadEntries = (conversationId: string, range: ({ before: number } | { after: number }) & { limit: number }) => Promise<TimelinePage>;

const pageSize = 50;
/** Above any seq, and the longest number that a query may hold. */
const afterAll = 999_999_999_999_999;

type Task = 'start' | 'older' | 'newer';

/** A conversation's timeline around where somebody reads, kept up to date by events. */
export class Timeline implements Store<TimelineState> {
  private readonly cell = new Cell<TimelineState>({ entries: [], isLoading: true, hasOlder: false, hasNewer: false, ahead: [], reachedSeq: 0, error: null });
  readonly getSnapshot = this.cell.getSnapshot;
  readonly subscribe = this.cell.subscribe;
  private window: TimelineWindow = emptyTimeline;
  private task: Task | null = null;
  /** Where it was opened last. */
  private opensAt: number | 'end' = 'end';
  /** Whoever was at the end stays there: what was missed is asked for, page by page. */
  private followsLive = false;
  /** Of what is on its way. */
  private asked = new AbortController();

  constructor(
    readonly conversationId: string,
    private readonly loadEntries: LoadEntries,
  ) {}

  get isUsed(): boolean {
    return this.cell.isUsed;
  }

  /** From its end, or around an entry; where there is none, nor any near, from its end. Where that is at hand, nothing is asked for. */
  open(at: number | 'end' = 'end'): void {
    const isHere = at === 'end' ? this.window.isAtEnd : this.window.entries.some(({ seq }) => seq === at);
    if (isHere || (at === this.opensAt && this.task === 'start')) return;
    this.opensAt = at;
    this.followsLive = false;
    void this.run('start', async () => {
      const around = at === 'end' ? null : await this.load({ after: Math.max(0, at - pageSize / 2) });
      if (around && around.items.length > 0) return (window) => startedAt(window, around.items, around.nextCursor === null);
      const last = await this.load({ before: afterAll });
      return (window) => startedAt(window, last.items, true);
    });
  }

  loadOlder(): void {
    const first = this.window.entries[0]?.seq ?? 1;
    if (first === 1 || this.task !== null) return;
    void this.run('older', async () => {
      const { items } = await this.load({ before: first });
      return (window) => withEntries(window, items, false);
    });
  }

  loadNewer(): void {
    const last = this.window.entries.at(-1)?.seq;
    if (last === undefined || this.task !== null || (this.window.isAtEnd && !hasGap(this.window))) return;
    void this.run('newer', async () => {
      const { items, nextCursor } = await this.load({ after: last });
      return (window) => withEntries(window, items, nextCursor === null);
    });
  }

  /** The first entry at this time or later; null where there is none up to `lastSeq`. Asks a few times over, for one entry each. */
  async findSeq(at: Date, lastSeq: number): Promise<number | null> {
    let [low, high] = [1, lastSeq + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      const [entry] = (await this.loadEntries(this.conversationId, { after: middle - 1, limit: 1 })).items;
      if (entry && Date.parse(entry.at) < at.getTime()) low = middle + 1;
      else high = middle;
    }
    return low > lastSeq ? null : low;
  }

  tell(entry: Entry): void {
    this.change(withLive(this.window, entry));
    if (hasGap(this.window)) this.loadNewer();
    // It was out of sight, and is back.
    if (this.window.entries.length === 0 && this.task === null) this.open();
  }

  /** Events may have been missed. */
  doubt(): void {
    if (this.window.entries.length === 0) return this.open(this.opensAt);
    const isOnItsWay = this.task === 'start';
    this.followsLive ||= this.window.isAtEnd;
    this.stop();
    this.window = outOfDate(this.window);
    this.show();
    if (isOnItsWay) this.open(this.opensAt);
    else if (this.followsLive) this.loadNewer();
  }

  /** It may no longer be seen. */
  clear(): void {
    this.stop();
    this.opensAt = 'end';
    this.change(emptyTimeline);
  }

  /** Nobody reads where somebody went any more: whoever comes next begins at its end. */
  leave(): void {
    if (this.window.entries.length === 0 || this.window.isAtEnd || this.followsLive) return;
    this.clear();
    this.open();
  }

  stop(): void {
    this.asked.abort();
    this.task = null;
  }

  private load(range: { before: number } | { after: number }): Promise<TimelinePage> {
    return this.loadEntries(this.conversationId, { ...range, limit: pageSize });
  }

  private async run(task: Task, ask: () => Promise<(window: TimelineWindow) => TimelineWindow>): Promise<void> {
    this.stop();
    const { signal } = (this.asked = new AbortController());
    this.task = task;
    this.show();
    try {
      const merge = await untilAnswered(ask, { signal, onFailure: (error) => this.show(error) });
      if (signal.aborted) return;
      this.task = null;
      this.window = merge(this.window);
      this.show(null);
      if (this.window.isAtEnd) this.followsLive = false;
      if (hasGap(this.window) || this.followsLive) this.loadNewer();
    } catch (error) {
      if (signal.aborted) return;
      this.task = null;
      this.show(errorOf(error));
    }
  }

  private change(window: TimelineWindow): void {
    if (window === this.window) return;
    this.window = window;
    this.show();
  }

  private show(error: RelevoError | null = this.cell.getSnapshot().error): void {
    const { entries, isAtEnd, ahead } = this.window;
    this.cell.set({
      entries: typed(entries),
      isLoading: this.task === 'start' || (entries.length === 0 && this.task !== null),
      hasOlder: (entries[0]?.seq ?? 1) > 1,
      hasNewer: entries.length > 0 && (!isAtEnd || ahead.length > 0),
      ahead: typed(ahead),
      reachedSeq: Math.max(this.cell.getSnapshot().reachedSeq, entries.at(-1)?.seq ?? 0),
      error,
    });
  }
}
