import type { AttachmentView } from '@relevo/contracts';
import { newCommandId } from '../api/command-id.js';
import { errorOf } from '../api/error.js';
import { untilAnswered } from '../commands/until-answered.js';
import { Cell, derived, type Store } from '../store/cell.js';
import { type ChosenFile, isRetryable, isSettled, refusalOf, type Upload } from './upload.js';

export interface UploadTask {
  /** 0 to 1. */
  readonly onProgress: (progress: number) => void;
  readonly signal: AbortSignal;
}

export interface UploadsOptions {
  /** Once; what fails for a reason that passes is asked again. */
  readonly send: (file: Upload, task: UploadTask) => Promise<AttachmentView>;
  /** What is at the gateway is not sent after all: it need not be kept, nor counted. What this does not reach is removed there by itself. */
  readonly withdraw: (attachmentId: string) => Promise<unknown>;
  /** Resolves when a gateway can be reached. */
  readonly reachable: (signal: AbortSignal) => Promise<void>;
}

/** At once: more would only share the same line. */
const atOnce = 2;

/** Files on their way to the gateway, from the moment they are chosen. They live as long as the page does. */
export class Uploads implements Store<ReadonlyMap<string, Upload>> {
  private readonly cell = new Cell<ReadonlyMap<string, Upload>>(new Map());
  readonly getSnapshot = this.cell.getSnapshot;
  readonly subscribe = this.cell.subscribe;
  private readonly underWay = new Map<string, AbortController>();
  private readonly chosenStores = new Map<string, Store<readonly Upload[]>>();
  private readonly listeners = new Set<(upload: Upload) => void>();
  private owner: string | null = null;
  private isStarted = false;

  constructor(private readonly options: UploadsOptions) {}

  /** Goes on with what this person chose; what another did is gone. */
  start(owner: string): void {
    if (this.owner !== owner) this.cell.set(new Map());
    this.owner = owner;
    this.isStarted = true;
    this.pump();
  }

  /** What was under way waits for `start`. */
  stop(): void {
    this.isStarted = false;
    for (const id of [...this.underWay.keys()]) {
      this.abort(id);
      this.change(id, { state: 'waiting', progress: 0 });
    }
  }

  /** For the next message of this conversation. They are on their way at once. */
  choose(conversationId: string, files: readonly ChosenFile[]): readonly Upload[] {
    const chosen = files.map((file): Upload => {
      const { size, type } = file.content;
      const refusal = refusalOf(file.content);
      const rest = refusal ? ({ state: 'refused', refusal } as const) : ({ state: 'waiting' } as const);
      return { ...file, id: newCommandId(), chosenFor: conversationId, size, mediaType: type, progress: 0, ...rest };
    });
    this.cell.update((uploads) => new Map([...uploads, ...chosen.map((one) => [one.id, one] as const)]));
    this.pump();
    return chosen;
  }

  /** Chosen for a conversation and in no message yet, in the order in which they were chosen. */
  chosen(conversationId: string): Store<readonly Upload[]> {
    const known = this.chosenStores.get(conversationId) ?? unlessSame(derived([this.cell], (uploads) => [...uploads.values()].filter(({ chosenFor }) => chosenFor === conversationId)));
    this.chosenStores.set(conversationId, known);
    return known;
  }

  find(id: string): Upload | undefined {
    return this.getSnapshot().get(id);
  }

  /** They are a message's from now on. */
  take(ids: readonly string[]): void {
    for (const id of ids) this.change(id, { chosenFor: null });
  }

  /** It stays, and can be tried again. */
  cancel(id: string): void {
    const upload = this.find(id);
    if (!upload || isSettled(upload)) return;
    this.abort(id);
    this.settle(id, { state: 'cancelled', progress: 0 });
    this.pump();
  }

  retry(id: string): void {
    const upload = this.find(id);
    if (!upload || !isRetryable(upload)) return;
    const { refusal: _, ...rest } = upload;
    this.put({ ...rest, state: 'waiting', progress: 0 });
    this.pump();
  }

  /** Whoever chose it does not want it any more. */
  remove(id: string): void {
    const attachment = this.find(id)?.attachment;
    this.letGo(id);
    if (attachment) this.withdraw(attachment.id);
  }

  withdraw(attachmentId: string): void {
    this.options.withdraw(attachmentId).catch(() => undefined);
  }

  /** It is a message's, or was: it is shown here no more. */
  letGo(id: string): void {
    this.abort(id);
    this.cell.update((uploads) => new Map([...uploads].filter(([key]) => key !== id)));
    this.pump();
  }

  /** Told of each that is stored, refused or cancelled. Answers what ends it. */
  onSettled(listener: (upload: Upload) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private pump(): void {
    if (!this.isStarted) return;
    for (const { id, state } of this.getSnapshot().values()) {
      if (this.underWay.size >= atOnce) return;
      if (state === 'waiting' && !this.underWay.has(id)) void this.run(id);
    }
  }

  private async run(id: string): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.underWay.set(id, controller);
    const onProgress = (progress: number): void => {
      if (!signal.aborted) this.change(id, { progress });
    };
    try {
      const attachment = await untilAnswered(() => this.once(id, { onProgress, signal }), { signal, onFailure: ({ code }) => this.change(id, { state: 'waiting', progress: 0, delayedBy: code }) });
      if (!signal.aborted) this.settle(id, { state: 'stored', progress: 1, attachment });
    } catch (error) {
      const { code, refusal } = errorOf(error);
      if (signal.aborted) return;
      // Signed out: it goes on when they come back.
      if (code === 'UNAUTHENTICATED') this.change(id, { state: 'waiting', progress: 0 });
      else this.settle(id, { state: 'refused', refusal });
    } finally {
      if (this.underWay.get(id) === controller) this.underWay.delete(id);
      if (!signal.aborted && this.find(id)?.state !== 'waiting') this.pump();
    }
  }

  private async once(id: string, task: UploadTask): Promise<AttachmentView> {
    await this.options.reachable(task.signal);
    this.change(id, { state: 'uploading', progress: 0, delayedBy: undefined });
    const upload = this.find(id);
    if (!upload) throw new Error('It was removed.');
    return this.options.send(upload, task);
  }

  private abort(id: string): void {
    this.underWay.get(id)?.abort();
    this.underWay.delete(id);
  }

  private settle(id: string, change: Partial<Upload>): void {
    this.change(id, change);
    const settled = this.find(id);
    if (settled) for (const listener of this.listeners) listener(settled);
  }

  private change(id: string, change: Partial<Upload>): void {
    const upload = this.find(id);
    if (upload) this.put({ ...upload, ...change });
  }

  private put(upload: Upload): void {
    this.cell.update((uploads) => new Map(uploads).set(upload.id, upload));
  }
}

/** The same list while all in it are the same: what happens to other conversations' files is no news. */
function unlessSame(store: Store<readonly Upload[]>): Store<readonly Upload[]> {
  let last: readonly Upload[] = [];
  const getSnapshot = (): readonly Upload[] => {
    const next = store.getSnapshot();
    if (next.length !== last.length || next.some((one, index) => one !== last[index])) last = next;
    return last;
  };
  return { getSnapshot, subscribe: store.subscribe };
}
