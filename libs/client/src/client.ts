import type { Login } from '@relevo/contracts';
import { newCommandId } from './api/command-id.js';
import { Gateways } from './api/gateways.js';
import type { CommandName, QueryName, ReplyOf, RequestOf } from './api/operations.js';
import { Rest } from './api/rest.js';
import { ConversationCommands } from './commands/conversation-commands.js';
import { CustomerCommands } from './commands/customer-commands.js';
import { OwnCommands } from './commands/own-commands.js';
import { type AskOptions, type CommandOptions, Requests } from './commands/requests.js';
import { Connection } from './connection/connection.js';
import type { LinkState } from './connection/link.js';
import { reachable } from './connection/reachable.js';
import { type SocketAuth, socketOf } from './connection/socket.js';
import type { Conversation } from './conversations/conversation.js';
import { Conversations } from './conversations/conversations.js';
import type { CustomerHistory } from './customers/customer-history.js';
import type { Customer } from './customers/customer.js';
import { Customers } from './customers/customers.js';
import { Directory } from './directory/directory.js';
import type { ConversationList } from './lists/conversation-list.js';
import { FileLinks } from './files/file-links.js';
import { formOf } from './files/form-of.js';
import { Uploads } from './files/uploads.js';
import type { ListQuery } from './lists/query.js';
import type { LiveEvent } from './live-state.js';
import type { ClientOptions } from './options.js';
import { OutboxStorage } from './outbox/outbox-storage.js';
import { Outbox } from './outbox/outbox.js';
import type { PendingEntry } from './outbox/pending.js';
import { sendPending } from './outbox/send.js';
import { Presence } from './presence/presence.js';
import { Typing } from './presence/typing.js';
import { Viewing } from './presence/viewing.js';
import { leases, webLocks } from './session/locks.js';
import { Session } from './session/session.js';
import { memoryStorage } from './session/storage.js';
import { Cell, derived, type Store } from './store/cell.js';
import { pendingOf } from './timeline/pending-of.js';
import type { Timeline } from './timeline/timeline.js';

export interface ConnectionState extends LinkState {
  /** What is shown may be out of date: it is not live, or not loaded again yet. */
  readonly stale: boolean;
}

/** An agent's frontend without a screen: who is signed in, what they see, and what they do. */
export class RelevoClient {
  readonly session: Session;
  readonly connection: Store<ConnectionState>;
  readonly directory: Directory;
  readonly outbox: Outbox;
  /** Files on their way to the gateway: chosen, or of messages in the outbox. */
  readonly uploads: Uploads;
  /** Where media elements and downloads find the files of messages. */
  readonly fileLinks: FileLinks;
  readonly commands: ConversationCommands;
  readonly customerCommands: CustomerCommands;
  /** Of the agent's own: status, settings. */
  readonly own: OwnCommands;
  readonly typing: Typing;
  readonly viewing: Viewing;
  readonly presence: Presence;
  private readonly requests: Requests;
  private readonly link: Connection;
  private readonly conversations: Conversations;
  private readonly customers: Customers;
  private readonly storage;
  private readonly reloading = new Cell(0);
  private readonly pendings = new WeakMap<Timeline, Store<readonly PendingEntry[]>>();
  private readonly listeners = new Set<(event: LiveEvent) => void>();
  private agentId: string | null = null;
  private reloadTimer: ReturnType<typeof setTimeout> | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(options: ClientOptions = {}) {
    const { gateways: urls = [''], storage = memoryStorage(), locks = webLocks() ?? leases(storage, newCommandId()), timeoutMs = 15_000 } = options;
    const gateways = new Gateways(urls);
    const rest = new Rest(gateways, options.fetch ?? ((input, init) => fetch(input, init)), timeoutMs, options.sendForm);
    this.storage = storage;
    this.session = new Session(rest, storage, locks);
    this.link = new Connection(this.session, gateways, options.openSocket ?? socketOf<SocketAuth>('agent'), (event) => this.hear(event));
    this.connection = derived([this.link.state, this.reloading], (link, reloads) => ({ ...link, stale: link.status !== 'live' || reloads > 0 }));
    this.requests = new Requests(this.session, rest, this.link);
    this.directory = new Directory({ ask: (name, body) => this.requests.ask(name, body), me: () => this.requests.me() });
    this.conversations = new Conversations(this.requests, () => this.directory.me.getSnapshot());
    this.customers = new Customers(this.requests);
    this.commands = new ConversationCommands((name, body, how) => this.conversations.effectOf(this.requests.command(name, body, how)));
    this.customerCommands = new CustomerCommands((name, body, values, how) => this.customers.effectOf(body.customerId, values, () => this.requests.command(name, body, how)));
    this.own = new OwnCommands(this.requests, (me) => this.directory.tellMe(me));
    this.typing = new Typing((event, conversationId) => void this.link.ask(event, { conversationId }).catch(() => undefined));
    this.viewing = new Viewing(
      (event, conversationId) => this.link.ask(event, { conversationId }),
      () => this.agentId,
    );
    this.link.state.subscribe(() => {
      if (!this.link.isLive) this.viewing.lost();
    });
    this.presence = new Presence(() => this.link.ask('presence.heartbeat', {}));
    const reached = (signal: AbortSignal): Promise<void> => reachable(this.link.state, () => rest.exchange({ method: 'GET', path: '/readyz', headers: {} }), signal);
    this.uploads = new Uploads({
      send: (file, { onProgress, signal }) => this.requests.upload({ path: '/v1/attachments', form: formOf(file), onProgress }, signal),
      withdraw: (id) => this.requests.withdrawFile(id),
      reachable: reached,
    });
    this.fileLinks = new FileLinks({ ask: (id, variant) => this.requests.fileLink(id, variant), base: () => gateways.current });
    this.outbox = new Outbox({
      send: (entry, signal) => this.conversations.effectOf(sendPending(this.requests, entry, signal)),
      reachable: reached,
      files: this.uploads,
    });
  }

  /** Takes up a sign-in that was kept, and connects. */
  async start(): Promise<void> {
    this.unsubscribe = this.session.state.subscribe(() => this.follow());
    await this.session.start();
    this.follow();
  }

  /** Everything stops; what is kept stays kept. */
  stop(): void {
    this.unsubscribe?.();
    this.session.stop();
    this.end('offline');
  }

  /** `UNAUTHENTICATED` for a wrong email or password alike; `RATE_LIMITED` after too many tries. */
  async login(credentials: Login): Promise<void> {
    await this.session.login(credentials);
    this.follow();
  }

  async logout(): Promise<void> {
    await this.session.logout();
    this.follow();
  }

  /** The same list for the same query. It is loaded and live while somebody looks at it. */
  list(query: ListQuery = {}): ConversationList {
    return this.conversations.list(query);
  }

  conversation(conversationId: string): Conversation {
    return this.conversations.conversation(conversationId);
  }

  /** From its end when it is first asked for, unless an entry is named; `open` goes elsewhere. */
  timeline(conversationId: string, at: number | 'end' = 'end'): Timeline {
    return this.conversations.timeline(conversationId, at);
  }

  /** What is to be shown below a timeline: written, and not in it yet. */
  pending(conversationId: string): Store<readonly PendingEntry[]> {
    const timeline = this.timeline(conversationId);
    const known = this.pendings.get(timeline) ?? derived([this.outbox, timeline], (pending, { entries }) => pendingOf(conversationId, pending, entries, this.agentId));
    this.pendings.set(timeline, known);
    return known;
  }

  customer(customerId: string): Customer {
    return this.customers.get(customerId);
  }

  /** What happened to a customer, with what each changed. */
  customerHistory(customerId: string): CustomerHistory {
    return this.customers.history(customerId);
  }

  /** Any question of the contract, once, over REST. */
  ask<N extends QueryName>(name: N, body: RequestOf<N>, options?: AskOptions): Promise<ReplyOf<N>> {
    return this.requests.ask(name, body, options);
  }

  /** Any command of the contract, until it is answered or refused. For those on conversations and customers there are `commands` and `customerCommands`. */
  command<N extends CommandName>(name: N, body: RequestOf<N>, options?: CommandOptions): Promise<ReplyOf<N>> {
    return this.requests.command(name, body, options);
  }

  /** Every live event, after it took effect here: for notifications. Answers what ends it. */
  onEvent(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The network is back, or the page is looked at again: tries at once instead of at the next turn. */
  wake(): void {
    this.link.wake();
  }

  /** The network is known to be gone. */
  suspend(): void {
    this.link.suspend();
  }

  /** Whoever is signed in now, here or in another tab. */
  private follow(): void {
    const state = this.session.state.getSnapshot();
    const agentId = state.status === 'signed-in' ? state.agent.id : null;
    if (agentId === this.agentId) return;
    this.end(agentId === null ? 'signed-out' : 'offline');
    this.agentId = agentId;
    if (agentId === null) return;
    this.uploads.start(agentId);
    void this.outbox.start(new OutboxStorage(this.storage, agentId));
    this.link.start();
  }

  private end(status: 'signed-out' | 'offline'): void {
    this.cancelReload();
    this.agentId = null;
    this.link.stop(status);
    this.outbox.stop();
    this.uploads.stop();
    this.fileLinks.clear();
    this.typing.clear();
    this.viewing.clear();
    this.presence.stop();
    this.conversations.clear();
    this.customers.clear();
    this.directory.clear();
  }

  private hear(event: LiveEvent): void {
    this.directory.hear(event);
    this.conversations.hear(event);
    if (event.name === 'customer.updated') this.customers.tell(event.payload.customer);
    if (event.name === 'typing') this.typing.hear(event.payload);
    // Whoever has written writes no more; a customer's frontend does not say so.
    if (event.name === 'timeline.entry' && event.payload.entry.type === 'message') this.typing.hear({ conversationId: event.payload.conversationId, actor: event.payload.entry.actor, stopped: true });
    if (event.name === 'viewing') this.viewing.hear(event.payload);
    if (event.name === 'ready' || event.name === 'resync_required') this.viewing.again();
    // With another tolerance everything closes at another time.
    if (event.name === 'policy.updated' || event.name === 'resync_required' || (event.name === 'ready' && !event.payload.resumed)) this.reloadSoon();
    for (const listener of this.listeners) listener(event);
  }

  /** `ready` and `resync_required` come together, and ask for one and the same. What is shown is stale from now on. */
  private reloadSoon(): void {
    this.cancelReload();
    this.reloading.update((count) => count + 1);
    this.reloadTimer = setTimeout(() => void this.reload(), 0);
  }

  private cancelReload(): void {
    if (this.reloadTimer === undefined) return;
    clearTimeout(this.reloadTimer);
    this.reloadTimer = undefined;
    this.reloading.update((count) => count - 1);
  }

  private async reload(): Promise<void> {
    this.reloadTimer = undefined;
    await Promise.allSettled([this.directory.load(), this.conversations.reload(), this.customers.reload()]);
    this.reloading.update((count) => count - 1);
  }
}
