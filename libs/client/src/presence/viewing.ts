import type { LiveEvents, Viewer } from '@relevo/contracts';
import { errorOf, isPassing } from '../api/error.js';
import { Cell, derived, type Store } from '../store/cell.js';

export type ViewingNotice = Parameters<LiveEvents['viewing']>[0];

/** Whoever passes through a list looks at nothing: it is told after this long. */
const settleMs = 250;
/** What could not be told is told again after this long. */
const againMs = 2_000;

const nobody: readonly Viewer[] = [];

interface Open {
  count: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  isTold: boolean;
}

/** Who has which conversation open: told to others, and by them to those who have the same one open. */
export class Viewing {
  private readonly cell = new Cell<ReadonlyMap<string, readonly Viewer[]>>(new Map());
  private readonly stores = new Map<string, Store<readonly Viewer[]>>();
  private readonly opened = new Map<string, Open>();

  constructor(
    private readonly say: (event: 'viewing.start' | 'viewing.stop', conversationId: string) => Promise<unknown>,
    private readonly ownId: () => string | null,
  ) {}

  /** Colleagues who have it open too, while it is open here. */
  of(conversationId: string): Store<readonly Viewer[]> {
    const known = this.stores.get(conversationId) ?? derived([this.cell], (all) => all.get(conversationId) ?? nobody);
    this.stores.set(conversationId, known);
    return known;
  }

  /** The agent has it open before them. Answers what ends that; in several places at once, it ends with the last. */
  open(conversationId: string): () => void {
    const open = this.opened.get(conversationId) ?? { count: 0, timer: undefined, isTold: false };
    open.count += 1;
    this.opened.set(conversationId, open);
    if (open.count === 1) this.tellIn(settleMs, conversationId, open);
    let isOpen = true;
    return () => {
      if (isOpen) this.shut(conversationId, open);
      isOpen = false;
    };
  }

  hear({ conversationId, agents }: ViewingNotice): void {
    if (!this.opened.has(conversationId)) return;
    const own = this.ownId();
    this.put(conversationId, agents.filter(({ id }) => id !== own));
  }

  /** A connection begins, or the gateway knows of nothing any more. */
  again(): void {
    this.cell.set(new Map());
    for (const [conversationId, open] of this.opened) this.tellIn(0, conversationId, open);
  }

  /** Nobody knows who looks while there is no connection. */
  lost(): void {
    this.cell.set(new Map());
  }

  clear(): void {
    for (const { timer } of this.opened.values()) clearTimeout(timer);
    this.opened.clear();
    this.cell.set(new Map());
  }

  private tellIn(ms: number, conversationId: string, open: Open): void {
    clearTimeout(open.timer);
    open.timer = setTimeout(() => void this.tell(conversationId, open), ms);
  }

  private async tell(conversationId: string, open: Open): Promise<void> {
    open.isTold = true;
    try {
      await this.say('viewing.start', conversationId);
    } catch (error) {
      // Without a connection the next one tells it; what is refused for good is not theirs to see.
      const failed = errorOf(error);
      const isOpen = this.opened.get(conversationId) === open;
      if (isOpen && isPassing(failed) && failed.code !== 'UNREACHABLE') this.tellIn(againMs, conversationId, open);
    }
  }

  private shut(conversationId: string, open: Open): void {
    if (this.opened.get(conversationId) !== open) return;
    open.count -= 1;
    if (open.count > 0) return;
    clearTimeout(open.timer);
    this.opened.delete(conversationId);
    this.put(conversationId, nobody);
    if (open.isTold) void this.say('viewing.stop', conversationId).catch(() => undefined);
  }

  private put(conversationId: string, agents: readonly Viewer[]): void {
    const all = new Map(this.cell.getSnapshot());
    if (agents.length === 0) all.delete(conversationId);
    else all.set(conversationId, agents);
    this.cell.set(all);
  }
}
