import { newCommandId } from '../api/command-id.js';
import { errorOf } from '../api/error.js';
import { isSettled, type Upload } from '../files/upload.js';
import { Cell, type Store } from '../store/cell.js';
import type { OutboxStorage } from './outbox-storage.js';
import { pendingFileOf, waitsFor, withOutcome, withoutLost, withoutMissing } from './pending-files.js';
import { conversationsOf, filesOf, inOrder, isEditable, nextOf, type PendingEntry, type PendingFile } from './pending.js';

export interface MessageDraft {
  /** May be empty when there are files. */
  readonly text: string;
  /** The message waits for them, wherever they are on their way. */
  readonly files?: readonly Upload[];
  /** The last entry that the writer saw. */
  readonly seenSeq?: number;
}

export interface NoteDraft {
  readonly text: string;
  readonly mentions?: readonly string[];
}

/** Where the files of messages are on their way: `Uploads`. */
export interface OutboxFiles {
  readonly find: (uploadId: string) => Upload | undefined;
  /** They are a message's now. */
  readonly take: (uploadIds: readonly string[]) => void;
  readonly retry: (uploadId: string) => void;
  readonly letGo: (uploadId: string) => void;
  /** It is at the gateway, and is in no message after all. */
  readonly withdraw: (attachmentId: string) => void;
  readonly onSettled: (listener: (upload: Upload) => void) => unknown;
}

export interface OutboxOptions {
  /** Asks until it is answered or refused, with the entry's `commandId`; it is in the timeline then. */
  readonly send: (entry: PendingEntry, signal: AbortSignal) => Promise<unknown>;
  /** Resolves when a gateway can be reached: nothing is asked, and so in doubt, before. */
  readonly reachable: (signal: AbortSignal) => Promise<void>;
  /** None, where no files are sent. */
  readonly files?: OutboxFiles;
}

/** Messages and notes on their way: kept over absences and reloads, in each conversation's order, each sent once. */
export class Outbox implements Store<readonly PendingEntry[]> {
  private readonly cell = new Cell<readonly PendingEntry[]>([]);
  readonly getSnapshot = this.cell.getSnapshot;
  readonly subscribe = this.cell.subscribe;
  private storage: OutboxStorage | null = null;
  private readonly underWay = new Set<string>();
  private ending = new AbortController();

  constructor(private readonly options: OutboxOptions) {
    options.files?.onSettled((upload) => void this.hearOfFile(upload));
  }

  /** Goes on with what the agent left. */
  async start(storage: OutboxStorage): Promise<void> {
    this.ending = new AbortController();
    const { signal } = this.ending;
    this.storage = storage;
    signal.addEventListener('abort', storage.watch((commandId, entry) => this.hear(commandId, entry)), { once: true });
    const kept = await storage.all();
    if (signal.aborted) return;
    const known = new Set(this.getSnapshot().map(({ commandId }) => commandId));
    this.cell.update((entries) => inOrder([...kept.filter(({ commandId }) => !known.has(commandId)).map((entry) => this.lookedAfter(entry)), ...entries]));
    this.flush();
  }

  /** Whoever signs out finds theirs again. */
  stop(): void {
    this.ending.abort();
    this.storage = null;
    this.underWay.clear();
    this.cell.set([]);
  }

  async message(conversationId: string, { text, seenSeq, files = [] }: MessageDraft): Promise<PendingEntry> {
    this.options.files?.take(files.map(({ id }) => id));
    const pendingFiles = files.length > 0 && { files: files.map(pendingFileOf) };
    const added = await this.add({ kind: 'message', ...this.fresh(conversationId, text), ...(seenSeq !== undefined && { seenSeq }), ...pendingFiles });
    await this.hearOfSettled(files.map(({ id }) => id));
    return added;
  }

  note(conversationId: string, { text, mentions = [] }: NoteDraft): Promise<PendingEntry> {
    return this.add({ kind: 'note', ...this.fresh(conversationId, text), mentions });
  }

  /** A refused one again. After `REPLY_OVERTAKEN` with what the writer has seen by now. */
  async retry(commandId: string, { seenSeq }: { readonly seenSeq?: number } = {}): Promise<boolean> {
    const entry = this.find(commandId);
    const missing = entry ? filesOf(entry).filter(({ attachment }) => !attachment) : [];
    for (const { uploadId } of missing) this.options.files?.retry(uploadId);
    const isChanged = await this.change(commandId, (entry) => (entry.kind === 'message' && seenSeq !== undefined ? { ...entry, seenSeq } : entry));
    await this.hearOfSettled(missing.map(({ uploadId }) => uploadId));
    return isChanged;
  }

  /** False: it is on its way, and can be changed no more. `mentions`: of a note, whom it calls from now on. */
  edit(commandId: string, text: string, { mentions }: Pick<NoteDraft, 'mentions'> = {}): Promise<boolean> {
    return this.change(commandId, (entry) => ({ ...entry, text, ...(entry.kind === 'note' && mentions && { mentions }) }));
  }

  /** Without those of its files that are not at the gateway; false also when nothing would be left of it. */
  leaveOutFiles(commandId: string): Promise<boolean> {
    return this.change(commandId, withoutMissing);
  }

  /** False: it is on its way, and may arrive. */
  async discard(commandId: string): Promise<boolean> {
    const entry = this.find(commandId);
    if (!entry || !isEditable(entry)) return false;
    this.drop(entry);
    for (const { attachment } of filesOf(entry)) if (attachment) this.options.files?.withdraw(attachment.id);
    await this.storage?.forget(commandId);
    this.flush();
    return true;
  }

  /** Another tab has the same, and did something to it. What is on its way from here is answered here too. */
  private hear(commandId: string, entry: PendingEntry | null): void {
    const held = this.find(commandId);
    if (!held || held.state === 'sending') return;
    if (entry) this.replace(held, this.lookedAfter(entry));
    else this.drop(held);
    this.flush();
  }

  /** A file of a message is at the gateway, or will not get there by itself. */
  private async hearOfFile(upload: Upload): Promise<void> {
    const entry = this.getSnapshot().find((one) => waitsFor(one, upload));
    if (!entry) return;
    const next = withOutcome(entry, upload);
    this.replace(entry, next);
    await this.storage?.keep(next);
    this.flush();
  }

  /** What became of files while they were not waited for. */
  private async hearOfSettled(uploadIds: readonly string[]): Promise<void> {
    for (const id of uploadIds) {
      const upload = this.options.files?.find(id);
      if (upload && isSettled(upload)) await this.hearOfFile(upload);
    }
  }

  private lookedAfter(entry: PendingEntry): PendingEntry {
    return withoutLost(entry, (uploadId) => this.options.files?.find(uploadId) !== undefined);
  }

  private drop(entry: PendingEntry): void {
    this.cell.update((entries) => entries.filter(({ commandId }) => commandId !== entry.commandId));
    this.letGo(filesOf(entry));
  }

  private letGo(files: readonly PendingFile[]): void {
    for (const { uploadId } of files) this.options.files?.letGo(uploadId);
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
  private async change(commandId: string, make: (entry: PendingEntry) => PendingEntry | null): Promise<boolean> {
    const entry = this.find(commandId);
    if (!entry || !isEditable(entry)) return false;
    const made = make(entry);
    if (!made) return false;
    const { refusal, ...rest } = made;
    const next: PendingEntry = { ...rest, state: 'queued', ...(refusal?.code === 'CONFLICT' && { commandId: newCommandId() }) };
    this.replace(entry, next);
    await this.storage?.keep(next);
    if (next.commandId !== commandId) await this.storage?.forget(commandId);
    this.flush();
    return true;
  }

  private replace(before: PendingEntry, after: PendingEntry): void {
    const kept = new Set(filesOf(after).map(({ uploadId }) => uploadId));
    this.letGo(filesOf(before).filter(({ uploadId }) => !kept.has(uploadId)));
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
      this.drop(entry);
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
