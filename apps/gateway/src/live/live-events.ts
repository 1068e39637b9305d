import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { AgentProfile, LiveEvents as Events } from '@relevo/contracts';
import { isUnauthenticated } from '../auth/access-tokens.js';
import { AgentDirectory } from '../auth/agent-directory.js';
import { Authenticator } from '../auth/authenticator.js';
import { Counters } from '../counts/counters.js';
import { GatewayPresence } from '../presence/presence.js';
import type { Hold } from '../feed/feed-pool.js';
import { liveEvents } from '../metrics.js';
import type { AgentNamespace, AgentSocket } from '../socket/agent-socket.js';
import { Admissions } from './admissions.js';
import { deliveriesOf, type Delivery, type InternalEvent, type ViewOf } from './audience.js';
import { LiveFeeds } from './live-feeds.js';
import { mentionOf } from './mentions.js';
import { resync } from './resume.js';
import { room, roomsOf, sameSight, sightOf } from './rooms.js';
import { Standings } from './standings.js';
import { Viewing } from '../viewing/viewing.js';
import type { WorkspaceFeed } from './workspace-feed.js';

/** Between attempts to learn whether a session is over, while who knows it is away. */
const recheckMs = 1_000;

/** Lets sockets in to their workspace's events, and tells them what happens. */
@Injectable()
export class LiveEvents {
  private namespace: AgentNamespace;

  constructor(
    private readonly feeds: LiveFeeds,
    private readonly directory: AgentDirectory,
    private readonly authenticator: Authenticator,
    private readonly admissions: Admissions,
    private readonly presence: GatewayPresence,
    private readonly standings: Standings,
    private readonly counters: Counters,
    private readonly viewing: Viewing,
  ) {}

  private readonly viewOf: ViewOf = (workspaceId, agent) => this.standings.viewOf(workspaceId, agent);

  attach(namespace: AgentNamespace): void {
    this.namespace = namespace;
    this.counters.attach(namespace);
  }

  async admit(socket: AgentSocket): Promise<void> {
    const { workspaceId } = socket.data.identity;
    const isKnown = this.presence.connected(socket.data.identity);
    socket.data.hold = this.feeds.hold(workspaceId, {
      happened: (event, cursor) => this.happened(event, cursor),
      lost: () => this.lost(workspaceId),
    });
    // So that `ready` says how the agent stands with this very socket, and news of agents how they stand.
    const [feed] = await Promise.all([socket.data.hold.feed, isKnown, this.standings.follow(workspaceId)]);
    await this.admissions.admit(socket, feed);
    this.counters.seated(socket);
  }

  leave(socket: AgentSocket): void {
    socket.data.hold?.release();
    this.counters.left(socket);
    this.viewing.left(socket);
  }

  close(): Promise<void> {
    return this.feeds.close();
  }

  /** What was lost may have been a change of sight: everyone leaves their rooms, and is let in anew before they reload. */
  private lost(workspaceId: string): void {
    this.counters.lost(workspaceId);
    for (const socket of this.socketsIn(room.everyone(workspaceId))) {
      const { hold, sight, identity } = socket.data;
      if (!hold || !sight) continue;
      this.viewing.left(socket);
      for (const name of roomsOf(workspaceId, identity.agentId, sight)) void socket.leave(name);
      this.letInAnew(socket, hold).catch(() => socket.conn.close());
    }
  }

  private async letInAnew(socket: AgentSocket, { feed }: Hold<WorkspaceFeed>): Promise<void> {
    await this.admissions.admitAnew(socket, await feed);
    this.counters.seated(socket);
  }

  private socketsIn(name: string): AgentSocket[] {
    const ids = [...(this.namespace.adapter.rooms.get(name) ?? [])];
    return ids.flatMap((id) => this.namespace.sockets.get(id) ?? []);
  }

  private happened(event: InternalEvent, cursor: string): void {
    for (const delivery of deliveriesOf(event, cursor, this.viewOf)) this.deliver(delivery);
    this.counters.happened(event);
    this.mention(event);
    if (event.noun === 'conversation') this.viewing.happened(event);
    if (event.noun === 'agent' && !event.settings) this.follow(event.workspaceId, event.agent);
  }

  private mention(event: InternalEvent): void {
    const mention = mentionOf(event);
    for (const id of mention?.agentIds ?? []) {
      for (const socket of this.socketsIn(room.agent(event.workspaceId, id))) {
        if (!mention?.seers.some((name) => socket.rooms.has(name))) continue;
        socket.emit('mentioned', mention.payload);
        liveEvents.inc({ event: 'mentioned' });
      }
    }
  }

  /** News of an agent may be of another password. A socket that only listens would never find out that its session is over. */
  private async cutIfOver(socket: AgentSocket): Promise<void> {
    while (socket.connected) {
      try {
        await this.authenticator.current(socket.data.identity);
        return;
      } catch (error) {
        if (isUnauthenticated(error)) socket.disconnect(true);
        else await delay(recheckMs, undefined, { ref: false });
      }
    }
  }

  /** One packet, encoded once, for all rooms together; not even that when nobody is in any of them. */
  private deliver({ event, payload, to, except }: Delivery): void {
    const present = to.filter((name) => this.namespace.adapter.rooms.has(name));
    if (present.length === 0) return;
    this.namespace
      .to(present)
      .except([...except])
      .emit(event, ...([payload] as Parameters<Events[typeof event]>));
    liveEvents.inc({ event });
  }

  /**
   * Rooms follow an agent's teams and role at once, so that the next event is already theirs to see or not; who is not
   * active any more is cut. The stream brings this to every replica, after an outage too.
   */
  private follow(workspaceId: string, agent: AgentProfile): void {
    const sight = sightOf(agent);
    this.directory.forget(agent.id);
    for (const socket of this.socketsIn(room.agent(workspaceId, agent.id))) {
      if (!agent.active) {
        socket.disconnect(true);
        continue;
      }
      void this.cutIfOver(socket);
      if (!socket.data.sight || (!socket.data.sightInDoubt && sameSight(socket.data.sight, sight))) continue;
      socket.data.sightInDoubt = false;
      const rooms = roomsOf(workspaceId, agent.id, sight);
      for (const name of roomsOf(workspaceId, agent.id, socket.data.sight)) {
        if (!rooms.includes(name)) void socket.leave(name);
      }
      void socket.join(rooms);
      socket.data.sight = sight;
      this.viewing.sightChanged(socket);
      socket.emit('resync_required', { reason: resync.sightChanged });
      this.counters.seated(socket);
    }
  }
}
