import { setImmediate } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { AgentView, LiveEvents } from '@relevo/contracts';
import { AgentDirectory } from '../auth/agent-directory.js';
import { GatewayConfig } from '../config.js';
import { resumptions } from '../metrics.js';
import type { AgentSocket } from '../socket/agent-socket.js';
import { type Delivery, deliveryTo } from './audience.js';
import { cursorOf, type Position, readCursor } from '../feed/position.js';
import type { RecentEvent } from './recent-events.js';
import { resumptionOf, resync, type ResyncReason, sightChanged } from './resume.js';
import { roomsOf, type Sight, sightOf } from './rooms.js';
import type { WorkspaceFeed } from './workspace-feed.js';

/** A socket that is overtaken by events this often reloads: that is less work than to go on trying. */
const maxAttempts = 5;

/** Puts sockets into their rooms, at one place in the stream: what came before it is told at once, what comes after, live. */
@Injectable()
export class Admissions {
  private readonly logger = new Logger(Admissions.name);
  private turns: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly directory: AgentDirectory,
    private readonly config: GatewayConfig,
  ) {}

  /** Emits `ready`, then what was missed since the cursor of the handshake, or why it is not told. */
  async admit(socket: AgentSocket, feed: WorkspaceFeed): Promise<void> {
    const given: unknown = socket.handshake.auth.cursor;
    const cursor = readCursor(given);
    if (cursor) return this.resume(socket, feed, cursor);
    await this.whenCurrent(socket, feed, (agent) => {
      this.begin(socket, feed, agent, given === undefined || given === null ? null : resync.malformed);
      return true;
    });
  }

  /** For a socket that has left its rooms, because its feed lost events. */
  async admitAnew(socket: AgentSocket, feed: WorkspaceFeed): Promise<void> {
    await this.whenCurrent(socket, feed, (agent) => {
      this.seat(socket, sightOf(agent));
      socket.emit('resync_required', { reason: resync.eventsLost });
      return true;
    });
  }

  private async resume(socket: AgentSocket, feed: WorkspaceFeed, cursor: Position): Promise<void> {
    const isOfFeed = cursor.epoch === feed.position.epoch;
    const then = isOfFeed ? await feed.sightAt(socket.data.identity.agentId, cursor.seq) : null;
    for (let attempt = 1; ; attempt++) {
      const unreachable = isOfFeed ? await feed.reach(cursor.seq) : null;
      const entered = await this.whenCurrent(socket, feed, (agent) => {
        const refused = unreachable ?? (attempt < maxAttempts ? null : resync.overtaken);
        const resumption = resumptionOf(cursor, feed, this.config.RESUME_MAX_EVENTS) ?? (refused && { refused });
        if (!resumption) return false;
        if ('refused' in resumption) this.begin(socket, feed, agent, resumption.refused);
        else if (sightChanged(resumption.missed, agent.id, then, sightOf(agent))) this.begin(socket, feed, agent, resync.sightChanged);
        else {
          socket.data.sightInDoubt = then === null;
          this.goOn(socket, feed, agent, cursor, resumption.missed);
        }
        return true;
      });
      if (entered) return;
    }
  }

  /**
   * Calls `enter` with the agent as they are at some moment after all that the feed has told of them; in the same tick,
   * so that what the feed tells next is news. Whether that is done; a socket that has gone needs no more.
   */
  private async whenCurrent(socket: AgentSocket, feed: WorkspaceFeed, enter: (agent: AgentView) => boolean): Promise<boolean> {
    const { identity } = socket.data;
    for (;;) {
      const changes = feed.changesOf(identity.agentId);
      const { agent } = await this.directory.fresh(identity);
      await this.turn();
      if (feed.changesOf(identity.agentId) === changes) return !socket.connected || enter(agent);
    }
  }

  /** One a round of the event loop: when hundreds come back together, their replays do not stop everything else. */
  private turn(): Promise<unknown> {
    this.turns = this.turns.then(() => setImmediate());
    return this.turns;
  }

  private seat(socket: AgentSocket, sight: Sight): string[] {
    const { workspaceId, agentId } = socket.data.identity;
    const rooms = roomsOf(workspaceId, agentId, sight);
    socket.data.sight = sight;
    void socket.join(rooms);
    return rooms;
  }

  /** From now on, with nothing of what was before. */
  private begin(socket: AgentSocket, feed: WorkspaceFeed, agent: AgentView, refused: ResyncReason | null): void {
    this.seat(socket, sightOf(agent));
    socket.emit('ready', { agent, cursor: feed.cursor, resumed: false });
    if (!refused) return;
    socket.emit('resync_required', { reason: refused });
    resumptions.inc({ outcome: refused });
  }

  /** Under the client's own cursor, because a connection that breaks during the replay must resume from there again. */
  private goOn(socket: AgentSocket, feed: WorkspaceFeed, agent: AgentView, from: Position, missed: readonly RecentEvent[]): void {
    const rooms = new Set(this.seat(socket, sightOf(agent)));
    const told = missed.flatMap((recent) => this.toldOf(recent, from.epoch, rooms));
    socket.emit('ready', { agent, cursor: told.length > 0 ? cursorOf(from) : feed.cursor, resumed: true });
    for (const { event, payload } of told) socket.emit(event, ...([payload] as Parameters<LiveEvents[typeof event]>));
    resumptions.inc({ outcome: 'resumed' });
  }

  /** An event that could not be told live cannot be told now either, and must not keep the others back. */
  private toldOf({ seq, event }: RecentEvent, epoch: string, rooms: ReadonlySet<string>): Delivery[] {
    try {
      return deliveryTo(rooms, event, cursorOf({ epoch, seq }));
    } catch (error) {
      this.logger.error({ workspaceId: event.workspaceId, seq, err: error }, 'an event was not told again');
      return [];
    }
  }
}
