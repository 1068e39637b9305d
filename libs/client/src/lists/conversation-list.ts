import type { ConversationView, FoundBy, ListedConversation } from '@relevo/contracts';
import { errorOf, type RelevoError } from '../api/error.js';
import { untilAnswered } from '../commands/until-answered.js';
import { News, type Store } from '../store/cell.js';
import { heldAndMore, heldWith, type HeldRows, hold, type ListRow } from './held.js';
import type { ListQuery, Viewer } from './query.js';
import { type LiveRules, rulesOf } from './rules.js';
import { asking, doubting, emptyWindow, type ListPage, type ListWindow, notAsking, reloaded, rowsOf, withoutConversation, withPage, withView } from './window.js';

export interface ListState {
  readonly rows: readonly ListRow[];
  /** Its first page, or all of it again after an absence, is on its way. */
  readonly isLoading: boolean;
  readonly isLoadingMore: boolean;
  readonly hasMore: boolean;
  readonly isHeld: boolean;
  /** While held: conversations that came, left or moved since. */
  readonly updates: number;
  /** Why nothing more could be loaded; what passes is tried again by itself. */
  readonly error: RelevoError | null;
}

export type LoadPage = (query: ListQuery, page: { limit: number; cursor?: string }) => Promise<ListPage>;

export const listPageSize = 50;
/** Of a reload, which asks for as much as was shown. */
const largestPage = 100;
/** A page may be short and not the last; so many are asked for at once at most, until one has rows. */
const pagesInARow = 10;
/** What closes within the hour becomes more by time alone. */
const forecastEveryMs = 60_000;

/** A list as the server would answer it, kept so by events, in the server's order. */
export class ConversationList implements Store<ListState> {
  private readonly news = new News();
  readonly subscribe = this.news.subscribe;
  /** Worked out when somebody looks, and not for each of the events since. */
  private state: ListState | null = null;
  private readonly rules: LiveRules;
  private window: ListWindow = emptyWindow;
  private held: HeldRows | null = null;
  private readonly shown = new WeakMap<ConversationView, ListRow>();
  private loading: 'all' | 'more' | null = null;
  private isBegun = false;
  private error: RelevoError | null = null;
  /** Of what is on its way. */
  private asked = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly query: ListQuery,
    private readonly loadPage: LoadPage,
    viewer: () => Viewer | null,
    private readonly pageSize = listPageSize,
  ) {
    this.rules = rulesOf(query, viewer);
  }

  readonly getSnapshot = (): ListState => (this.state ??= this.stateNow());

  get isUsed(): boolean {
    return this.news.isUsed;
  }

  /** Of a search: what a row was found by, as the server last answered; what comes meanwhile changes nothing of it. */
  foundBy(conversationId: string): FoundBy | undefined {
    return this.rules.foundBy(conversationId);
  }

  /** From its beginning, as much as is shown now; at least one page. */
  load(): Promise<void> {
    this.isBegun = true;
    this.window = doubting(this.window);
    return this.run('all');
  }

  /** The next page; does nothing while one is on its way, or at the end. */
  loadMore(): void {
    if (this.loading !== null || this.window.nextCursor === null) return;
    this.window = asking(this.window);
    void this.run('more');
  }

  /** No row moves until `applyUpdates`; what rows show goes on. */
  hold(): void {
    this.held ??= hold(rowsOf(this.window, this.rules), this.rules.placeOf);
    this.show();
  }

  /** All in their places again; held rows stay held from there. */
  applyUpdates(): void {
    if (!this.held) return;
    this.held = hold(rowsOf(this.window, this.rules), this.rules.placeOf);
    this.show();
  }

  /** Goes on live, with all updates. */
  release(): void {
    this.held = null;
    this.show();
  }

  /** A conversation as an event, or the answer of a command, told of it. */
  tell(view: ConversationView): void {
    this.change(withView(this.window, this.rules, view));
  }

  tellRemoved(conversationId: string, seq: number): void {
    this.change(withoutConversation(this.window, this.rules, conversationId, seq));
  }

  stop(): void {
    this.asked.abort();
    clearTimeout(this.timer);
  }

  private change(window: ListWindow): void {
    if (window === this.window) return;
    this.window = window;
    this.show();
  }

  private async run(what: 'all' | 'more'): Promise<void> {
    this.stop();
    const { signal } = (this.asked = new AbortController());
    this.loading = what;
    this.show();
    try {
      const ask = (): Promise<ListPage> => (what === 'all' ? this.wholePage(signal) : this.nextPage(this.window.nextCursor ?? undefined));
      const page = await untilAnswered(ask, { signal, onFailure: (error) => this.show(error) });
      if (!signal.aborted) this.arrive(what, page);
    } catch (error) {
      if (!signal.aborted) this.fail(errorOf(error));
    }
  }

  private arrive(what: 'all' | 'more', page: ListPage): void {
    const before = rowsOf(this.window, this.rules);
    this.rules.arrived(page, what === 'all');
    this.window = what === 'all' ? reloaded(this.window, this.rules, page) : withPage(this.window, this.rules, page);
    if (this.held && what === 'more') this.held = heldAndMore(this.held, before, rowsOf(this.window, this.rules), this.rules.placeOf);
    this.loading = null;
    this.show(null);
    if (this.query.closing === true) this.timer = setTimeout(() => void (this.isUsed && this.load()), forecastEveryMs);
  }

  private fail(error: RelevoError): void {
    this.loading = null;
    this.window = notAsking(this.window);
    this.show(error);
  }

  /** As many rows as are shown, over several pages if need be. */
  private async wholePage(signal: AbortSignal): Promise<ListPage> {
    const wanted = Math.max(this.pageSize, rowsOf(this.window, this.rules).length);
    const items: ListedConversation[] = [];
    let cursor: string | undefined;
    for (;;) {
      const page = await this.nextPage(cursor, Math.min(largestPage, wanted - items.length));
      items.push(...page.items);
      if (page.nextCursor === null || items.length >= wanted || signal.aborted) return { items, nextCursor: page.nextCursor };
      cursor = page.nextCursor;
    }
  }

  private async nextPage(from: string | undefined, limit = this.pageSize): Promise<ListPage> {
    let cursor = from;
    for (let pages = 1; ; pages++) {
      const page = await this.loadPage(this.query, { limit, ...(cursor !== undefined && { cursor }) });
      if (page.items.length > 0 || page.nextCursor === null || pages === pagesInARow) return page;
      cursor = page.nextCursor;
    }
  }

  private show(error: RelevoError | null = this.error): void {
    this.error = error;
    this.state = null;
    this.news.changed();
  }

  private stateNow(): ListState {
    const now = rowsOf(this.window, this.rules);
    if (this.held) this.held = heldWith(this.held, now, this.rules.placeOf);
    return {
      rows: this.held ? this.held.rows : now.map((conversation) => this.rowOf(conversation)),
      isLoading: !this.isBegun || this.loading === 'all',
      isLoadingMore: this.loading === 'more',
      hasMore: this.window.nextCursor !== null,
      isHeld: this.held !== null,
      updates: this.held?.updates ?? 0,
      error: this.error,
    };
  }

  /** The same row for what has not changed, so that only the others are drawn again. */
  private rowOf(conversation: ConversationView): ListRow {
    const row = this.shown.get(conversation) ?? { conversation, gone: false };
    this.shown.set(conversation, row);
    return row;
  }
}
