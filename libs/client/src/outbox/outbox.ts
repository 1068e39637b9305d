import { newCommandId } from '../api/command-id.js';
import { errorOf } from '../api/error.js';
import { Cell, type Store } from '../store/cell.js';
import type { OutboxStorage } from './outbox-storage.js';
import { conversationsOf, inOrder, isEditable, nextOf, type PendingEntry } from './pending.js';

export interface MessageDraft {
  readonly text: string;
  /** The last entry that the writer saw. */
  readonly seenSeq?: number;
}

export interface NoteDraft {
  readonly text: string;
  readonly mentions?: readonly string[];
}

export interface OutboxOptions {
  /** Asks until it is answered or refused, with the entry's `commandId`; it is in the timeline then. */
  readonly send: (entry: PendingEntry, signal: AbortSignal) => Promise<unknown>;
  /** Resolves when a gateway can be reached: nothing is asked, and so in doubt, before. */
  readonly reachable: (signal: AbortSignal) => Promise<void>;
}

/** Messages and notes on their way: kept over absences and reloads, in each conversation's order, each sent once. */
export class Outbox implements Store<readonly PendingEntry[]> {
  private readonly cell = new Cell<readonly PendingEntry[]>([]);
  readonly getSnapshot = this.cell.getSnapshot;
  readonly subscribe = this.cell.subscribe;
  private storage: OutboxStorage | null = null;
  private readonly underWay = new Set<string>();
  private ending = new AbortController();

  constructor(private readonly options: OutboxOptions) {}

  /** Goes on with what the agent left. */
  async start(storage: OutboxStorage): Promise<void> {
    this.ending = new AbortController();
    const { signal } = this.ending;
    this.storage = storage;
    signal.addEventListener('abort', storage.watch((commandId, entry) => this.hear(commandId, entry)), { once: true });
    const kept = await storage.all();
    if (signal.aborted) return;
    const known = new Set(this.getSnapshot().map(({ commandId }) => commandId));
    this.cell.update((entries) => inOrder([...kept.filter(({ commandId }) => !known.has(commandId)), ...entries]));
    this.flush();
  }

  /** Whoever signs out finds theirs again. */
  stop(): void {
    this.ending.abort();
    this.storage = null;
    this.underWay.clear();
    this.cell.set([]);
  }

  message(conversationId: string, { text, seenSeq }: MessageDraft): Promise<PendingEntry> {
    return this.add({ kind: 'message', ...this.fresh(conversationId, text), ...(seenSeq !== undefined && { seenSeq }) });
  }

  note(conversationId: string, { text, mentions = [] }: NoteDraft): Promise<PendingEntry> {
    return this.add({ kind: 'note', ...this.fresh(conversationId, text), mentions });
  }

  /** A refused one again. After `REPLY_OVERTAKEN` with what the writer has seen by now. */
  retry(commandId: string, { seenSeq }: { readonly seenSeq?: number } = {}): Promise<boolean> {
    return this.change(commandId, (entry) => (entry.kind === 'message' && seenSeq !== undefined ? { ...entry, seenSeq } : entry));
  }

  /** False: it is on its way, and can be changed no more. `mentions`: of a note, whom it calls from now on. */
  edit(commandId: string, text: string, { mentions }: Pick<NoteDraft, 'mentions'> = {}): Promise<boolean> {
    return this.change(commandId, (entry) => ({ ...entry, text, ...(entry.kind === 'note' && mentions && { mentions }) }));
  }

  /** False: it is on its way, and may arrive. */
  async discard(commandId: string): Promise<boolean> {
    const entry = this.find(commandId);
    if (!entry || !isEditable(entry)) return false;
    this.cell.update((entries) => entries.filter((one) => one !== entry));
    await this.storage?.forget(commandId);
    this.flush();
    return true;
  }

  /** Another tab has the same, and did something to it. What is on its way from here is answered here too. */
  private hear(commandId: string, entry: PendingEntry | null): void {
    const held = this.find(commandId);
    if (!held || held.state === 'sending') return;
    if (entry) this.replace(held, entry);
    else this.cell.update((entries) => entries.filter((one) => one !== held));
    this.flush();
  }

  private fresh(conversationId: string, text: string): Pick<PendingEntry, 'commandId' | 'conversationId' | 'text' | 'at' | 'state'> {
    // Later than all before, also after a clock was put back: the order is kept by it.
    const last = Math.max(0, ...this.getSnapshot().map(({ at }) => Date.parse(at)));
    const at = new Date(Math.max(Date.now(), last + 1)).toISOString();
    return { commandId: newCommandId(), conversationId, text, at, state: 'queued' };
  }

  private find(commandId: string): PendingEntry | undefined {
    return this.getSnapshot().find((entry) => entry.commandId === commandId);
  }

  private async add(entry: PendingEntry): Promise<PendingEntry> {
    this.cell.update((entries) => [...entries, entry]);
    await this.storage?.keep(entry);
    this.flush();
    return entry;
  }

  /**
   * The same command, unless the gateway says that it was done as it was written before (`CONFLICT`): then only another
   * one can say it anew.
   */
  private async change(commandId: string, make: (entry: PendingEntry) => PendingEntry): Promise<boolean> {
    const entry = this.find(commandId);
    if (!entry || !isEditable(entry)) return false;
    const { refusal, ...rest } = make(entry);
    const next: PendingEntry = { ...rest, state: 'queued', ...(refusal?.code === 'CONFLICT' && { commandId: newCommandId() }) };
    this.replace(entry, next);
    await this.storage?.keep(next);
    if (next.commandId !== commandId) await this.storage?.forget(commandId);
    this.flush();
    return true;
  }

  private replace(before: PendingEntry, after: PendingEntry): void {
    this.cell.update((entries) => entries.map((entry) => (entry.commandId === before.commandId ? after : entry)));
  }

  private flush(): void {
    for (const conversationId of conversationsOf(this.getSnapshot())) void this.flushConversation(conversationId, this.ending.signal);
  }

  /** One after the other: a conversation reads as it was written. */
  private async flushConversation(conversationId: string, signal: AbortSignal): Promise<void> {
    if (this.underWay.has(conversationId) || !this.storage) return;
    this.underWay.add(conversationId);
    try {
      while (nextOf(this.getSnapshot(), conversationId)) {
        await this.options.reachable(signal);
        // It may have been edited or discarded meanwhile.
        const entry = nextOf(this.getSnapshot(), conversationId);
        if (entry && !(await this.deliver(entry, signal))) return;
      }
    } catch {
      // Nobody is signed in any more; what is queued is kept.
    } finally {
      if (!signal.aborted) this.underWay.delete(conversationId);
    }
  }

  /** False when it cannot go on. */
  private async deliver(entry: PendingEntry, signal: AbortSignal): Promise<boolean> {
    const sending: PendingEntry = { ...entry, state: 'sending' };
    this.replace(entry, sending);
    try {
      // Before it is asked for: whoever comes after a crash must repeat this command, and not make another.
      await this.storage?.keep(sending);
      await this.options.send(sending, signal);
      if (signal.aborted) return false;
      this.cell.update((entries) => entries.filter(({ commandId }) => commandId !== entry.commandId));
      await this.storage?.forget(entry.commandId);
      return true;
    } catch (error) {
      const { code } = errorOf(error);
      // Signed out: it is still on its way, for when they come back.
      if (signal.aborted || code === 'ABORTED' || code === 'UNAUTHENTICATED') return false;
      const refused: PendingEntry = { ...sending, state: 'refused', refusal: errorOf(error).refusal };
      this.replace(sending, refused);
      await this.storage?.keep(refused);
      return false;
    }
  }
}
