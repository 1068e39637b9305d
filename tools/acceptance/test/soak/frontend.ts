import { apply, emptyState, type LiveEvent, type LiveState, load, loadTimeline, open, shut, wanted } from '@relevo/client';
import { AppError } from '@relevo/contracts';
import { AgentSocket, type ApiClient } from '@relevo/testing';
import { isUnknown } from './asking.js';
import { Line } from './line.js';
import { readLists, readTimeline } from './reading.js';
import { placeOf, type Session } from './session.js';

/** A socket on its line, from the moment somebody wants it. */
interface Attachment {
  readonly session: Session;
  line?: Line;
  socket?: AgentSocket;
  /** It was let go, or its line was cut. */
  over: boolean;
}

/** What a list was answered with, and what had been heard when it was asked for. */
export interface Reading {
  readonly asOf: number;
  readonly seen: readonly { readonly id: string; readonly seq: number }[];
}

/**
 * A frontend as any integrator would write it: what it holds comes from events, and over REST only what `wanted` says.
 * It notes all that it hears, and whatever a sound system would not do to it.
 */
export class Frontend {
  state: LiveState = emptyState;
  readonly sessions: Session[] = [];
  readonly readings: Reading[] = [];
  readonly faults: string[] = [];
  private readonly cursors: string[] = [];
  private readonly underWay = new Map<string, Promise<void>>();
  /** Timelines that were not to be seen; events will tell. */
  private readonly inVain = new Set<string>();
  private readonly lines: Line[] = [];
  private attachment?: Attachment;

  constructor(
    readonly name: string,
    /** The agent at each replica. */
    readonly replicas: readonly ApiClient[],
  ) {}

  get agentId(): string {
    return this.client(0).agentId;
  }

  get isAttached(): boolean {
    return this.attachment !== undefined;
  }

  client(replica: number): ApiClient {
    const found = this.replicas[replica % this.replicas.length];
    if (!found) throw new Error('There are no replicas');
    return found;
  }

  connect(replica: number, which: 'last' | 'old' | 'none'): void {
    this.disconnect('cut');
    const cursor = which === 'none' ? null : which === 'old' ? (this.cursors[Math.floor(this.cursors.length / 2)] ?? null) : this.state.cursor;
    const session: Session = { agentId: this.agentId, name: `${this.name} ${this.sessions.length + 1}`, cursor, heard: [], whole: false };
    this.sessions.push(session);
    this.attachment = { session, over: false };
    void this.attach(this.attachment, this.client(replica));
  }

  /** `freeze` leaves it half-open: the gateway goes on telling, and nothing arrives. */
  disconnect(how: 'clean' | 'cut' | 'freeze'): void {
    const { attachment } = this;
    if (!attachment) return;
    if (how === 'freeze') return attachment.line?.freeze();
    delete this.attachment;
    attachment.over = true;
    if (how === 'clean' && attachment.socket) attachment.socket.close();
    else attachment.line?.cut();
  }

  thaw(): void {
    this.attachment?.line?.thaw();
  }

  look(conversationId: string, opened: boolean): void {
    this.state = opened ? open(this.state, conversationId) : shut(this.state, conversationId);
    this.ask();
  }

  /** Leaves nothing behind, not even what is half-open. */
  end(): void {
    this.disconnect('cut');
    for (const line of this.lines) line.cut();
  }

  /** The session that goes on to the end. */
  get current(): Session | undefined {
    return this.attachment?.session;
  }

  /** Resolves when nothing is asked for and nothing wanted. */
  async settle(): Promise<void> {
    this.inVain.clear();
    this.ask();
    while (this.underWay.size > 0) {
      await Promise.all(this.underWay.values());
      this.ask();
    }
  }

  private async attach(attachment: Attachment, client: ApiClient): Promise<void> {
    const line = await Line.to(client.gatewayUrl);
    attachment.line = line;
    this.lines.push(line);
    const { session } = attachment;
    if (attachment.over) return line.cut();
    try {
      const onEvent = (name: string, payload: unknown): void => this.hear(attachment, { name, payload } as LiveEvent);
      const socket = await AgentSocket.connect(line.url, client.session.accessToken, { keep: 1, onEvent, ...(session.cursor !== null && { cursor: session.cursor }) });
      attachment.socket = socket;
      socket.onEnd(() => {
        if (!attachment.over) this.faults.push(`${session.name} was cut by the gateway`);
      });
      if (attachment.over) line.cut();
    } catch (error) {
      if (!attachment.over) this.faults.push(`${session.name} could not connect: ${String(error)}`);
    }
  }

  private hear(attachment: Attachment, event: LiveEvent): void {
    if (attachment.over) return;
    attachment.session.heard.push(event);
    const before = this.state;
    this.state = apply(before, event);
    if (event.name === 'timeline.entry') this.lookForGap(event.payload.conversationId, event.payload.seq, before);
    if (this.state.cursor !== null && this.state.cursor !== before.cursor) this.cursors.push(this.state.cursor);
    this.inVain.clear();
    // What comes together is answered together.
    setImmediate(() => this.ask());
  }

  /** It could mend itself by loading the timeline again; it should never have to. */
  private lookForGap(conversationId: string, seq: number, before: LiveState): void {
    const [was, is] = [before, this.state].map(({ timelines }) => timelines.get(conversationId)?.loaded);
    if (was === true && is === false) this.faults.push(`${this.name}: entry ${seq} of ${conversationId} did not follow those before it`);
  }

  private ask(): void {
    const { reload, timelines } = wanted(this.state);
    if (reload !== null) this.once(`lists ${reload}`, () => this.loadLists(reload));
    for (const id of timelines) {
      if (!this.inVain.has(id)) this.once(`${this.state.reloads} ${id}`, () => this.loadTimeline(id));
    }
  }

  private once(key: string, task: () => Promise<void>): void {
    if (this.underWay.has(key)) return;
    const done = task()
      // What was not answered in time is wanted still, and asked for again.
      .catch((error: unknown) => void (isUnknown(error) || this.faults.push(`${this.name}: ${key}: ${String(error)}`)))
      .finally(() => this.underWay.delete(key))
      .then(() => this.ask());
    this.underWay.set(key, done);
  }

  private async loadLists(reload: number): Promise<void> {
    const asOf = placeOf(this.state.cursor ?? '.0');
    // Whichever replica a load balancer picks.
    const lists = await readLists(this.client(reload));
    this.readings.push({ asOf, seen: lists.conversations.map(({ id, seq }) => ({ id, seq })) });
    this.state = load(this.state, { reload, ...lists });
  }

  private async loadTimeline(conversationId: string): Promise<void> {
    const { reloads } = this.state;
    try {
      const entries = await readTimeline(this.client(reloads), conversationId);
      this.state = loadTimeline(this.state, { reloads, conversationId, entries });
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
      this.inVain.add(conversationId);
    }
  }
}
