import { setImmediate } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { AgentView, LiveEvents } from '@relevo/contracts';
import { AgentDirectory } from '../auth/agent-directory.js';
import { GatewayConfig } from '../config.js';
import { resumptions } from '../metrics.js';
import type { AgentSocket } from '../socket/agent-socket.js';
import { drained } from '../socket/send-buffer.js';
import { type Delivery, deliveryTo } from './audience.js';
import { cursorOf, type Position, readCursor } from '../feed/position.js';
import type { RecentEvent } from './recent-events.js';
import { partOf, resumptionOf, resync, type ResyncReason, sightChanged } from './resume.js';
import { roomsOf, type Sight, sightOf } from './rooms.js';
import { Standings } from './standings.js';
import type { WorkspaceFeed } from './workspace-feed.js';

/** A socket that is overtaken by events this often reloads: that is less work than to go on trying. */
const maxAttempts = 5;

/** How far a socket that resumes has come. */
interface Replay {
  told: Position;
  /** What the agent saw at the cursor; null where that is not known. */
  readonly sight: Sight | null;
  isReady: boolean;
}

/** Puts sockets into their rooms, at one place in the stream: what came before it is told at once, what comes after, live. */
@Injectable()
export class Admissions {
  private readonly logger = new Logger(Admissions.name);
  private turns: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly directory: AgentDirectory,
    private readonly standings: Standings,
    private readonly config: GatewayConfig,
  ) {}

  /** Emits `ready`, then what was missed since the cursor of the handshake, or why it is not told. */
  async admit(socket: AgentSocket, feed: WorkspaceFeed): Promise<void> {
    const given: unknown = socket.handshake.auth.cursor;
    const cursor = readCursor(given);
    if (cursor) return this.resume(socket, feed, cursor);
    const refused = given === undefined || given === null ? null : resync.malformed;
    await this.whenCurrent(socket, feed, (agent) => this.begin(socket, feed, agent, refused));
  }

  /** For a socket that has left its rooms, because its feed lost events. */
  async admitAnew(socket: AgentSocket, feed: WorkspaceFeed): Promise<void> {
    await this.whenCurrent(socket, feed, (agent) => {
      this.seat(socket, sightOf(agent));
      socket.emit('resync_required', { reason: resync.eventsLost });
      return true;
    });
  }

  /**
   * Tells what was missed a part at a time, each when the client has read the one before: what is still to be told waits
   * among the recent events, once for all sockets, and not in each one's send buffer. With the last part come the rooms.
   */
  private async resume(socket: AgentSocket, feed: WorkspaceFeed, cursor: Position): Promise<void> {
    const { agentId } = socket.data.identity;
    const replay: Replay = { told: cursor, sight: cursor.epoch === feed.position.epoch ? await feed.sightAt(agentId, cursor.seq) : null, isReady: false };
    for (let attempt = 1; ; attempt++) {
      const { told } = replay;
      const unreachable = told.epoch === feed.position.epoch ? await feed.reach(told.seq) : null;
      const isIn = await this.whenCurrent(socket, feed, (agent) => {
        const refused = unreachable ?? (attempt < maxAttempts ? null : resync.overtaken);
        const resumption = resumptionOf(told, feed, this.config.RESUME_MAX_EVENTS) ?? (refused && { refused });
        if (!resumption) return false;
        if ('refused' in resumption) return this.begin(socket, feed, agent, resumption.refused, replay.isReady);
        if (sightChanged(resumption.missed, agent.id, replay.sight, sightOf(agent))) return this.begin(socket, feed, agent, resync.sightChanged, replay.isReady);
        return this.goOn(socket, feed, agent, replay, resumption.missed);
      });
      if (isIn) return;
      if (replay.told === told) continue;
      attempt = 0;
      await drained(socket.conn);
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

  private seat(socket: AgentSocket, sight: Sight): void {
    const { workspaceId, agentId } = socket.data.identity;
    socket.data.sight = sight;
    void socket.join(roomsOf(workspaceId, agentId, sight));
  }

  /** From now on, with nothing of what was before. */
  private begin(socket: AgentSocket, feed: WorkspaceFeed, agent: AgentView, refused: ResyncReason | null, isReady = false): true {
    this.seat(socket, sightOf(agent));
    if (!isReady) socket.emit('ready', { agent, cursor: feed.cursor, resumed: false });
    if (refused) {
      socket.emit('resync_required', { reason: refused });
      resumptions.inc({ outcome: refused });
    }
    return true;
  }

  /**
   * Tells the next part of what was missed; whether that was the last. Under the client's own cursor, because a connection
   * that breaks during the replay must resume from there again.
   */
  private goOn(socket: AgentSocket, feed: WorkspaceFeed, agent: AgentView, replay: Replay, missed: readonly RecentEvent[]): boolean {
    const sight = sightOf(agent);
    const { workspaceId } = socket.data.identity;
    const rooms = new Set(roomsOf(workspaceId, agent.id, sight));
    const part = partOf(missed, this.config.REPLAY_BYTES);
    const isLast = part.length === missed.length;
    const deliveries = part.flatMap((recent) => this.toldOf(recent, replay.told.epoch, rooms));
    if (isLast) this.seat(socket, sight);
    if (!replay.isReady) {
      const cursor = isLast && deliveries.length === 0 ? feed.cursor : cursorOf(replay.told);
      socket.emit('ready', { agent, cursor, resumed: true });
      socket.data.sightInDoubt = replay.sight === null;
      replay.isReady = true;
    }
    for (const { event, payload } of deliveries) socket.emit(event, ...([payload] as Parameters<LiveEvents[typeof event]>));
    replay.told = { epoch: replay.told.epoch, seq: part.at(-1)?.seq ?? replay.told.seq };
    if (isLast) resumptions.inc({ outcome: 'resumed' });
    return isLast;
  }

  /** An event that could not be told live cannot be told now either, and must not keep the others back. */
  private toldOf({ seq, event }: RecentEvent, epoch: string, rooms: ReadonlySet<string>): Delivery[] {
    try {
      return deliveryTo(rooms, event, cursorOf({ epoch, seq }), (workspaceId, agent) => this.standings.viewOf(workspaceId, agent));
    } catch (error) {
      this.logger.error({ workspaceId: event.workspaceId, seq, err: error }, 'an event was not told again');
      return [];
    }
  }
}
