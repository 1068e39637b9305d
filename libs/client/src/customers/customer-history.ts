import type { CustomerHistory as HistoryPage, CustomerHistoryEntry } from '@relevo/contracts';
import { errorOf, type RelevoError } from '../api/error.js';
import { untilAnswered } from '../commands/until-answered.js';
import { Cell, type Store } from '../store/cell.js';

export interface CustomerHistoryState {
  /** Newest first, without a gap from the newest on. */
  readonly entries: readonly CustomerHistoryEntry[];
  readonly hasMore: boolean;
  /** Its first page, or what is new since, is on its way. */
  readonly isLoading: boolean;
  readonly isLoadingMore: boolean;
  readonly error: RelevoError | null;
}

export type LoadHistory = (page: { limit: number; cursor?: string }) => Promise<HistoryPage>;

/** Entries of a page. */
export const historyPageSize = 20;

/** What happened to a customer, kept up to date while somebody looks at it. */
export class CustomerHistory implements Store<CustomerHistoryState> {
  private readonly cell = new Cell<CustomerHistoryState>({ entries: [], hasMore: false, isLoading: true, isLoadingMore: false, error: null });
  readonly getSnapshot = this.cell.getSnapshot;
  readonly subscribe = this.cell.subscribe;
  private asked = new AbortController();
  private nextCursor: string | null = null;

  constructor(private readonly loadPage: LoadHistory) {}

  get isUsed(): boolean {
    return this.cell.isUsed;
  }

  /** The newest page, before what is known already. */
  load(): Promise<void> {
    return this.run({ isLoading: true, isLoadingMore: false }, { limit: historyPageSize }, ({ items, nextCursor }) => {
      const { entries } = this.getSnapshot();
      const oldest = items.at(-1)?.seq ?? 0;
      const known = entries.filter(({ seq }) => seq < oldest);
      // Its seqs are gap-free: where the page does not reach what is known, that is asked for anew.
      const isJoined = known[0]?.seq === oldest - 1;
      if (!isJoined) this.nextCursor = nextCursor;
      return isJoined ? [...items, ...known] : items;
    });
  }

  /** The next page; does nothing while one is on its way, or at the end. */
  loadMore(): void {
    const { isLoading, isLoadingMore } = this.getSnapshot();
    if (isLoading || isLoadingMore || this.nextCursor === null) return;
    void this.run({ isLoadingMore: true }, { limit: historyPageSize, cursor: this.nextCursor }, ({ items, nextCursor }) => {
      this.nextCursor = nextCursor;
      return [...this.getSnapshot().entries, ...items];
    });
  }

  /** The customer has reached this version, the seq of their last entry. */
  tell(version: number): void {
    if ((this.getSnapshot().entries[0]?.seq ?? 0) < version) void this.load();
  }

  stop(): void {
    this.asked.abort();
  }

  private async run(doing: Partial<CustomerHistoryState>, page: Parameters<LoadHistory>[0], withPage: (page: HistoryPage) => readonly CustomerHistoryEntry[]): Promise<void> {
    this.stop();
    const { signal } = (this.asked = new AbortController());
    const show = (part: Partial<CustomerHistoryState>): void => {
      if (!signal.aborted) this.cell.update((state) => ({ ...state, ...part }));
    };
    const done = { isLoading: false, isLoadingMore: false };
    show(doing);
    try {
      const answer = await untilAnswered(() => this.loadPage(page), { signal, onFailure: (error) => show({ error }) });
      if (signal.aborted) return;
      const entries = withPage(answer);
      show({ ...done, entries, hasMore: this.nextCursor !== null, error: null });
    } catch (error) {
      show({ ...done, error: errorOf(error) });
    }
  }
}
