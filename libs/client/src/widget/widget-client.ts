import type { PublicActor, PublicEntry, PublicHistoryPage, WidgetAuth, WidgetEvents } from '@relevo/contracts';
import { type Refusal, type RelevoError, unreachable } from '../api/error.js';
import { Gateways } from '../api/gateways.js';
import { Rest } from '../api/rest.js';
import { untilAnswered } from '../commands/until-answered.js';
import { Link } from '../connection/link.js';
import { reachable } from '../connection/reachable.js';
import { socketOf } from '../connection/socket.js';
import type { FileLinks } from '../files/file-links.js';
import type { ChosenFile, Upload } from '../files/upload.js';
import type { Uploads } from '../files/uploads.js';
import { OutboxStorage } from '../outbox/outbox-storage.js';
import { Outbox } from '../outbox/outbox.js';
import type { PendingEntry } from '../outbox/pending.js';
import { contentOf } from '../outbox/send.js';
import { Typing } from '../presence/typing.js';
import { type KeyValueStorage, memoryStorage } from '../session/storage.js';
import { Cell, derived, type Store } from '../store/cell.js';
import { ToldTwice } from './told-twice.js';
import { visitFiles } from './visit-files.js';
import { type VisitState, VisitHistory } from './visit-history.js';
import { Visitor } from './visitor.js';
import type { WidgetConnection, WidgetOptions } from './widget-options.js';

/** Whose conversation it is needs no name: a visitor sees their own alone, and never which of them is meant. */
const own = 'visit';

/** How long an answer over REST may take, in ms. */
const timeoutMs = 15_000;

const noOtherWay = (): Promise<never> => Promise.reject(unreachable('A widget is reached by its socket alone.'));

/** A customer at a channel's widget, without a screen: what was said, what is on its way, and who writes. */
export class WidgetClient {
  readonly connection: Store<WidgetConnection>;
  readonly history: Store<VisitState>;
  /** Written, and not in the history yet; to be shown below it. */
  readonly pending: Store<readonly PendingEntry[]>;
  /** Files on their way: chosen, or of messages that are pending. */
  readonly uploads: Uploads;
  readonly fileLinks: FileLinks;
  /** Names of agents who write just now. */
  readonly typing: Store<readonly string[]>;
  /** Whether voice messages may be sent here; false until that is known. */
  readonly voice: Store<boolean>;
  private readonly link: Link<WidgetAuth>;
  private readonly outbox: Outbox;
  private readonly held = new VisitHistory();
  private readonly writers: Typing;
  private readonly refusal = new Cell<Refusal | null>(null);
  private readonly storage: KeyValueStorage;
  private readonly key: string;
  private readonly visitor: Visitor;
  private readonly toldTwice = new ToldTwice();
  private readonly voiceEnabled = new Cell(false);

  constructor(private readonly options: WidgetOptions) {
    const { channelId, gateways = [''], storage = memoryStorage(), visitor = 'visitor', openSocket = socketOf<WidgetAuth>('widget') } = options;
    this.storage = storage;
    this.key = `${channelId}.${visitor}`;
    this.visitor = new Visitor({ channelId, storage, key: this.key, user: options.user, name: options.name });
    const urls = new Gateways(gateways);
    const rest = new Rest(urls, options.fetch ?? ((input, init) => fetch(input, init)), timeoutMs, options.sendForm);
    this.link = new Link({
      gateways: urls,
      open: openSocket,
      auth: () => this.visitor.auth(),
      onEvent: (name, payload) => this.hear(name, payload),
      onClosed: (reason, { visitorToken }) => this.closed(reason, visitorToken),
    });
    const reached = (signal: AbortSignal): Promise<void> => reachable(this.link.state, noOtherWay, signal);
    ({ uploads: this.uploads, fileLinks: this.fileLinks } = visitFiles({ rest, gateways: urls, token: () => this.visitor.token(), reachable: reached }));
    this.outbox = new Outbox({ send: (entry, signal) => untilAnswered(() => this.deliver(entry), { signal }), reachable: reached, files: this.uploads });
    this.writers = new Typing((event) => {
      if (event === 'typing.start') void this.link.ask('typing', {}).catch(() => undefined);
    });
    this.connection = derived([this.link.state, this.refusal], (link, refusal) => ({ ...link, refusal }));
    this.voice = this.voiceEnabled;
    this.history = this.held;
    this.pending = derived([this.outbox, this.held], (pending, { entries }) => this.toldTwice.without(pending, entries));
    this.typing = derived([this.writers.of(own)], (actors) => actors.map(({ name }) => name));
  }

  start(): void {
    this.uploads.start(this.key);
    void this.outbox.start(new OutboxStorage(this.storage, this.key));
    this.link.start();
  }

  /** Everything stops; what is kept stays kept. */
  stop(): void {
    this.link.stop('offline');
    this.outbox.stop();
    this.uploads.stop();
    this.writers.clear();
    this.held.interrupt();
  }

  /** Resolves when it is kept, not when it is sent. */
  async send(text: string, files: readonly Upload[] = []): Promise<void> {
    this.writers.leftOff();
    await this.outbox.message(own, { text, files });
  }

  /** For the next message. They are on their way at once. */
  choose(files: readonly ChosenFile[]): readonly Upload[] {
    return this.uploads.choose(own, files);
  }

  /** Chosen, and in no message yet. */
  get chosen(): Store<readonly Upload[]> {
    return this.uploads.chosen(own);
  }

  /** A refused one again. */
  retry(commandId: string): Promise<boolean> {
    return this.outbox.retry(commandId);
  }

  /** False: it is on its way, and may arrive. */
  discard(commandId: string): Promise<boolean> {
    return this.outbox.discard(commandId);
  }

  /** At each key. */
  writing(): void {
    this.writers.writing(own);
  }

  /** What cannot be read now can be asked for again. */
  async loadOlder(): Promise<void> {
    await this.held.loadOlder((before) => this.read(before)).catch(() => undefined);
  }

  /** They are called otherwise; it is taken up while agents know no name of theirs. */
  introduce(name: string): void {
    if (!this.visitor.isNowCalled(name)) return;
    // Said when one comes, so they come again.
    this.link.suspend();
    this.link.wake();
  }

  wake(): void {
    this.link.wake();
  }

  suspend(): void {
    this.link.suspend();
  }

  /** Nothing is kept of this visitor here any more; their conversations are. */
  async forget(): Promise<void> {
    const kept = [...this.outbox.getSnapshot()];
    this.stop();
    const outbox = new OutboxStorage(this.storage, this.key);
    await Promise.all([this.visitor.forget(), ...kept.map(({ commandId }) => outbox.forget(commandId))]);
  }

  private hear(name: string, payload: unknown): void {
    const event = { name, payload } as { [E in keyof WidgetEvents]: { name: E; payload: Parameters<WidgetEvents[E]>[0] } }[keyof WidgetEvents];
    switch (event.name) {
      case 'ready':
        this.refusal.set(null);
        this.visitor.letIn(event.payload.visitorToken);
        this.voiceEnabled.set(event.payload.voice);
        void this.catchUp();
        return;
      case 'entry':
        this.held.tell(event.payload);
        if (event.payload.actor.kind !== 'customer') this.hearTyping(event.payload.actor, true);
        return;
      case 'typing':
        this.hearTyping(event.payload.actor, event.payload.stopped === true);
        return;
      case 'voice':
        this.voiceEnabled.set(event.payload.enabled);
    }
  }

  private hearTyping({ kind, name }: PublicActor, stopped: boolean): void {
    this.writers.hear({ conversationId: own, actor: { kind, name, id: name }, stopped });
  }

  private async catchUp(): Promise<void> {
    try {
      await untilAnswered(async () => {
        if (this.link.isLive) await this.held.catchUp((before) => this.read(before));
      });
    } catch {
      // What was missed is not known, and must not be taken for nothing: the next connection brings it.
      this.link.suspend();
    }
  }

  private closed({ code, errors, refusal }: RelevoError, visitorToken: string | undefined): Promise<void> | undefined {
    this.held.interrupt();
    if (code === 'UNREACHABLE') return undefined;
    // A token that is not known any more, after a long absence: they go on as somebody new.
    if (code === 'UNAUTHENTICATED' && errors.length === 0 && visitorToken !== undefined && !this.options.user) return this.becomeNew();
    this.refusal.set(refusal);
    return undefined;
  }

  private async becomeNew(): Promise<void> {
    this.held.clear();
    await this.visitor.forget();
  }

  private async read(before: string | null): Promise<PublicHistoryPage> {
    return (await this.link.ask('history', before === null ? {} : { before })) as PublicHistoryPage;
  }

  private async deliver(entry: PendingEntry): Promise<void> {
    const { commandId } = entry;
    if (entry.kind !== 'message') return;
    await this.visitor.settled();
    this.toldTwice.asks(commandId, this.held.getSnapshot().entries);
    this.held.tell((await this.link.ask('message.send', { commandId, ...contentOf(entry) })) as PublicEntry);
  }
}
