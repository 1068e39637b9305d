import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { type AgentActor, AppError, type ConversationEvent, type ConversationView, getConversation, maxViewersTold, notFound, rateLimited, StartViewing, StopViewing, validateShape, type Viewer, type viewingEvents } from '@relevo/contracts';
import { MessageBus, NATS_CONNECTION } from '@relevo/messaging';
import { newId, Pulse } from '@relevo/platform';
import { seers } from '../live/audience.js';
import { liveEvents } from '../metrics.js';
import type { AgentSocket } from '../socket/agent-socket.js';
import { Throttle } from '../socket/throttle.js';
import { OpenConversations } from './open-conversations.js';
import { OtherReplicas, type ViewingNotice } from './other-replicas.js';
import { Wishes } from './wishes.js';

/** What comes and goes within this time is told once, to sockets and to the other replicas. */
const gatherMs = 150;

const beatEveryMs = 1_000;
/** Three beats: whoever is silent for so long is gone, with all who were there. */
const silentMs = 3_500;

/** Of one socket: a frontend shows one conversation at a time, or a few. */
const maxOpen = 10;

/** A socket may open this many in this time: whoever goes through a list with a key held down looks at nothing. */
const startsPerWindow = 20;
const windowMs = 2_000;

/** A notice stays far below what NATS takes. */
const maxPerNotice = 500;

const subject = 'live.gateway.viewing';

/**
 * Tells agents who else has a conversation open. Nothing is kept: each replica knows its own sockets and tells the others
 * what changed there, numbered, so that whoever missed something asks for all of it. Who may see a conversation its owner
 * says when it is opened, and its events from then on. What it costs grows with what is opened and closed, not with who is
 * connected.
 */
@Injectable()
export class Viewing implements OnModuleInit {
  private readonly id = newId();
  private readonly here = new OpenConversations();
  private readonly wishes = new Wishes();
  private readonly others = new OtherReplicas(silentMs);
  private readonly starts = new Throttle(windowMs, 20_000, startsPerWindow);
  private readonly resets = new Throttle(beatEveryMs);
  private readonly pulse = new Pulse(beatEveryMs);
  /** To be told to other replicas, and to sockets here. */
  private readonly changedHere = new Set<string>();
  private readonly changed = new Set<string>();
  private version = 0;
  private gathering?: NodeJS.Timeout;
  private beats?: NodeJS.Timeout;

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    private readonly bus: MessageBus,
  ) {}

  onModuleInit(): void {
    this.hear('notice', (text) => this.heard(JSON.parse(text) as ViewingNotice));
    this.hear('gone', (replica) => this.touch(this.others.forget(replica)));
    this.hear('ask', (replica) => {
      if (replica === this.id && this.resets.admit('all')) this.tellAll();
    });
    this.beats = setInterval(() => this.beat(), beatEveryMs).unref();
  }

  /** All connections of this replica have ended. */
  close(): void {
    clearInterval(this.beats);
    clearTimeout(this.gathering);
    if (this.bus.isConnected) this.nats.publish(`${subject}.gone`, this.id);
  }

  async ask(socket: AgentSocket, event: keyof typeof viewingEvents, body: unknown, actor: AgentActor, correlationId: string): Promise<object> {
    if (event === 'viewing.stop') this.stop(socket, validateShape(StopViewing, body).conversationId);
    else await this.start(socket, validateShape(StartViewing, body).conversationId, actor, correlationId);
    return {};
  }

  /** Who may see it may have changed. */
  happened({ workspaceId, entry: { conversationId, seq }, after }: ConversationEvent): void {
    if (this.here.know(conversationId, seq, seers(workspaceId, after))) this.touchHere([conversationId]);
  }

  /** Its agent sees other conversations now. */
  sightChanged(socket: AgentSocket): void {
    this.touchHere(this.here.removeUnseen(socket, false));
  }

  /** It has ended, or nobody knows what it may see. */
  left(socket: AgentSocket): void {
    this.touchHere(this.here.removeUnseen(socket, true));
  }

  private async start(socket: AgentSocket, conversationId: string, actor: AgentActor, correlationId: string): Promise<void> {
    if (this.here.has(socket, conversationId)) return;
    if (!this.starts.admit(socket.id)) throw rateLimited('Too many conversations opened at once. Open it again in a moment.', windowMs);
    if (this.here.countOf(socket) >= maxOpen) throw new AppError('RULE_VIOLATED', `No more than ${maxOpen} conversations can be open on one connection.`);
    const wish = this.wishes.begin(socket, conversationId);
    this.here.ask(conversationId);
    try {
      const { seq, teamId, assigneeId }: ConversationView = await this.bus.request(getConversation, { conversationId }, { actor, correlationId });
      if (this.here.know(conversationId, seq, seers(actor.workspaceId, { teamId, assigneeId }))) this.touchHere([conversationId]);
      if (!socket.connected || !wish.holds) return;
      // The owner knew them as they were when they asked; their rooms are what they see now.
      if (!this.here.add(socket, conversationId, { id: actor.id, name: actor.name })) throw notFound('conversation');
      this.touchHere([conversationId]);
    } finally {
      wish.end();
      this.here.asked(conversationId);
    }
  }

  private stop(socket: AgentSocket, conversationId: string): void {
    this.wishes.leave(socket, conversationId);
    if (this.here.remove(socket, conversationId)) this.touchHere([conversationId]);
  }

  private touchHere(conversationIds: readonly string[]): void {
    for (const id of conversationIds) this.changedHere.add(id);
    this.touch(conversationIds);
  }

  private touch(conversationIds: readonly string[]): void {
    if (conversationIds.length === 0) return;
    for (const id of conversationIds) this.changed.add(id);
    this.gathering ??= setTimeout(() => this.tell(), gatherMs).unref();
  }

  private tell(): void {
    this.gathering = undefined;
    this.publish([...this.changedHere]);
    for (const id of this.changed) this.emit(id);
    this.changedHere.clear();
    this.changed.clear();
  }

  /** To those who have it open alone, and as long as they may see it. */
  private emit(conversationId: string): void {
    const viewers = this.here.viewersOf(conversationId);
    if (viewers.size === 0) return;
    const all = new Map<string, Viewer>([...this.here.agentsAt(conversationId), ...this.others.of(conversationId)].map((viewer) => [viewer.id, viewer]));
    const agents = [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, maxViewersTold);
    for (const socket of viewers.keys()) socket.emit('viewing', { conversationId, agents });
    liveEvents.inc({ event: 'viewing' });
  }

  /** Void of what was told before where `reset`; in parts that are one after the other. */
  private publish(conversationIds: readonly string[], reset = false): void {
    if (conversationIds.length === 0 && !reset) return;
    for (let from = 0; from === 0 || from < conversationIds.length; from += maxPerNotice) {
      const conversations = conversationIds.slice(from, from + maxPerNotice).map((conversationId) => ({ conversationId, agents: this.here.agentsAt(conversationId).slice(0, maxViewersTold) }));
      this.version += 1;
      this.say({ replica: this.id, version: this.version, ...(reset && from === 0 && { reset }), conversations });
    }
  }

  private tellAll(): void {
    this.publish(this.here.all, true);
  }

  private beat(): void {
    if (!this.pulse.wasHeldUp()) this.touch(this.others.forgetSilent(performance.now()));
    this.say({ replica: this.id, version: this.version, conversations: [] });
  }

  /** What cannot be said now is missed, and asked for by its number. */
  private say(notice: ViewingNotice): void {
    if (this.bus.isConnected) this.nats.publish(`${subject}.notice`, JSON.stringify(notice));
  }

  private heard(notice: ViewingNotice): void {
    if (notice.replica === this.id) return;
    const { changed, isGap } = this.others.hear(notice, performance.now());
    this.touch(changed);
    if (isGap) this.nats.publish(`${subject}.ask`, notice.replica);
  }

  private hear(what: 'notice' | 'gone' | 'ask', callback: (text: string) => void): void {
    this.nats.subscribe(`${subject}.${what}`, {
      callback: (error, message) => {
        if (!error) callback(message.string());
      },
    });
  }
}
