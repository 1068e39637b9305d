import type { PublicEntry, PublicHistoryPage } from '@relevo/contracts';
import { Cell, type Store } from '../store/cell.js';
import { inOrder, keyOf, statusOf, typed, type WidgetEntry } from './entries.js';

export interface VisitState {
  /** Of all conversations of this customer, in order, each once; without gaps from the first one shown. */
  readonly entries: readonly WidgetEntry[];
  /** Of the last conversation. After `closed`, whoever writes begins another. */
  readonly status: 'none' | 'active' | 'closed';
  readonly hasOlder: boolean;
  /** The newest page was read at least once. */
  readonly isLoaded: boolean;
  readonly isLoadingOlder: boolean;
}

export type ReadPage = (before: string | null) => Promise<PublicHistoryPage>;

const nothing: VisitState = { entries: [], status: 'none', hasOlder: false, isLoaded: false, isLoadingOlder: false };

/** All that a customer said and was told, as far as it is loaded. */
export class VisitHistory implements Store<VisitState> {
  private readonly cell = new Cell<VisitState>(nothing);
  readonly getSnapshot = this.cell.getSnapshot;
  readonly subscribe = this.cell.subscribe;
  private readonly entries = new Map<string, WidgetEntry>();
  /** Known to have nothing missing between them; what is told while a page is on its way is not among them yet. */
  private settled = new Set<string>();
  private isSettled = false;
  private older: string | null = null;

  /** An entry happened. */
  tell(entry: PublicEntry): void {
    this.take([entry]);
    if (this.isSettled) this.settled.add(keyOf(typed(entry)));
    this.show({});
  }

  /** News stop coming: from now on something may be missing. */
  interrupt(): void {
    this.isSettled = false;
  }

  /** After `ready`: reads from the newest page back to what is held already, or one page when nothing is. */
  async catchUp(read: ReadPage): Promise<void> {
    const found: PublicEntry[] = [];
    let before: string | null = null;
    for (;;) {
      const page: PublicHistoryPage = await read(before);
      found.push(...page.items);
      before = page.nextCursor;
      const meets = page.items.some((entry) => this.settled.has(keyOf(typed(entry))));
      const isEnough = this.settled.size === 0 && found.length > 0;
      if (before === null || isEnough) this.older = before;
      if (before === null || isEnough || meets) break;
    }
    this.take(found);
    this.isSettled = true;
    this.settled = new Set(this.entries.keys());
    this.show({ isLoaded: true });
  }

  async loadOlder(read: ReadPage): Promise<void> {
    if (this.older === null || this.getSnapshot().isLoadingOlder) return;
    this.show({ isLoadingOlder: true });
    try {
      // A page may be short, or empty, and not the last.
      for (let isFound = false; !isFound && this.older !== null; ) {
        const page: PublicHistoryPage = await read(this.older);
        this.older = page.nextCursor;
        isFound = page.items.length > 0;
        this.take(page.items);
        for (const entry of page.items) this.settled.add(keyOf(typed(entry)));
      }
    } finally {
      this.show({ isLoadingOlder: false });
    }
  }

  /** The visitor is somebody else. */
  clear(): void {
    this.entries.clear();
    this.settled.clear();
    this.isSettled = false;
    this.older = null;
    this.cell.set(nothing);
  }

  private take(entries: readonly PublicEntry[]): void {
    for (const entry of entries.map(typed)) this.entries.set(keyOf(entry), entry);
  }

  private show(change: Partial<VisitState>): void {
    const entries = inOrder(this.entries.values());
    this.cell.update((state) => ({ ...state, entries, status: statusOf(entries), hasOlder: this.older !== null, ...change }));
  }
}
