import { Injectable } from '@nestjs/common';
import { type AgentInWorkspace, type AgentView, type LiveEvents as Events } from '@relevo/contracts';
import { AgentDirectory } from '../auth/agent-directory.js';
import { liveEvents } from '../metrics.js';
import type { AgentNamespace, AgentSocket } from '../socket/agent-socket.js';
import { deliveriesOf, type Delivery, type InternalEvent } from './audience.js';
import { type Hold, LiveFeeds } from './live-feeds.js';
import { room, roomsOf, sameSight, sightOf } from './rooms.js';
import type { WorkspaceFeed } from './workspace-feed.js';

/** Why a client must load its lists again. */
export const resync = {
  /** Its teams or role changed: what it shows is not what it may see. */
  sightChanged: 'sight-changed',
  /** Events were lost on the way, and cannot be had again. */
  eventsLost: 'events-lost',
  /** It gave a cursor, and what happened since then is not replayed. */
  notReplayed: 'not-replayed',
} as const;

/** Lets sockets in to their workspace's events, and tells them what happens. */
@Injectable()
export class LiveEvents {
  private namespace: AgentNamespace;

  constructor(
    private readonly feeds: LiveFeeds,
    private readonly directory: AgentDirectory,
  ) {}

  attach(namespace: AgentNamespace): void {
    this.namespace = namespace;
  }

  /** Emits `ready`: everything after its cursor comes live from then on. */
  admit(socket: AgentSocket): Promise<void> {
    const { workspaceId } = socket.data.identity;
    socket.data.hold = this.feeds.hold(workspaceId, {
      happened: (event, cursor) => this.happened(event, cursor),
      lost: () => this.lost(workspaceId),
    });
    return this.seat(socket, socket.data.hold, (agent, cursor) => {
      const given: unknown = socket.handshake.auth.cursor;
      // Where nothing has happened since, nothing was missed.
      const resumed = given === cursor;
      socket.emit('ready', { agent, cursor, resumed });
      if (given !== undefined && !resumed) socket.emit('resync_required', { reason: resync.notReplayed });
    });
  }

  leave(socket: AgentSocket): void {
    socket.data.hold?.release();
  }

  close(): Promise<void> {
    return this.feeds.close();
  }

  /** Puts a socket into the rooms of what its agent may see now, and greets it before any event can come in between. */
  private async seat(socket: AgentSocket, hold: Hold, greet: (agent: AgentView, cursor: string) => void): Promise<void> {
    const feed = await hold.feed;
    const { agent } = await this.agentAsOf(feed, socket);
    if (!socket.connected) return;
    // Nothing is awaited from here on.
    const { workspaceId, agentId } = socket.data.identity;
    socket.data.sight = sightOf(agent);
    void socket.join(roomsOf(workspaceId, agentId, socket.data.sight));
    greet(agent, feed.cursor);
  }

  /** What was lost may have been a change of sight: everyone leaves their rooms, and is seated anew before they reload. */
  private lost(workspaceId: string): void {
    for (const socket of this.socketsIn(room.everyone(workspaceId))) {
      const { hold, sight, identity } = socket.data;
      if (!hold || !sight) continue;
      for (const name of roomsOf(workspaceId, identity.agentId, sight)) void socket.leave(name);
      this.seat(socket, hold, () => socket.emit('resync_required', { reason: resync.eventsLost })).catch(() => socket.conn.close());
    }
  }

  private socketsIn(name: string): AgentSocket[] {
    const ids = [...(this.namespace.adapter.rooms.get(name) ?? [])];
    return ids.flatMap((id) => this.namespace.sockets.get(id) ?? []);
  }

  /** The agent at some moment after all that the feed has told of them: what it tells next is news. */
  private async agentAsOf(feed: WorkspaceFeed, socket: AgentSocket): Promise<AgentInWorkspace> {
    const { identity } = socket.data;
    for (;;) {
      const changes = feed.changesOf(identity.agentId);
      const found = await this.directory.fresh(identity);
      if (feed.changesOf(identity.agentId) === changes) return found;
    }
  }

  private happened(event: InternalEvent, cursor: string): void {
    for (const delivery of deliveriesOf(event, cursor)) this.deliver(delivery);
    if (event.noun === 'agent') this.follow(event.workspaceId, event.agent);
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

  /** Rooms follow an agent's teams and role at once, so that the next event is already theirs to see or not. */
  private follow(workspaceId: string, agent: AgentView): void {
    const sight = sightOf(agent);
    this.directory.forget(agent.id);
    for (const socket of this.socketsIn(room.agent(workspaceId, agent.id))) {
      if (!socket.data.sight || sameSight(socket.data.sight, sight)) continue;
      const rooms = roomsOf(workspaceId, agent.id, sight);
      for (const name of roomsOf(workspaceId, agent.id, socket.data.sight)) {
        if (!rooms.includes(name)) void socket.leave(name);
      }
      void socket.join(rooms);
      socket.data.sight = sight;
      socket.emit('resync_required', { reason: resync.sightChanged });
    }
  }
}
