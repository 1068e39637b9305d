import { Injectable, Logger } from '@nestjs/common';
import { countConversations, type CountKey, type KeyCounts, queueOf } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { Paced } from '@relevo/platform';
import type { InternalEvent } from '../live/audience.js';
import { room } from '../live/rooms.js';
import type { AgentNamespace, AgentSocket } from '../socket/agent-socket.js';
import { touchedBy } from './touched-keys.js';
import { WorkspaceCounts } from './workspace-counts.js';

/** Between two rounds of a workspace, and so between what any agent is told. */
const pauseMs = 1_000;

/** Sockets of whoever needs a key. */
function roomOf(workspaceId: string, key: CountKey): string {
  const [kind, id] = key.split(':');
  if (id === undefined) return room.supervisors(workspaceId);
  if (kind === 'agent') return room.agent(workspaceId, id);
  return id === queueOf(null) ? room.teamless(workspaceId) : room.team(workspaceId, id);
}

/** Tells agents how many conversations their trays hold. */
@Injectable()
export class Counters {
  private readonly logger = new Logger(Counters.name);
  private readonly rounds = new Paced<void>(pauseMs);
  /** Those with agents connected here. */
  private readonly workspaces = new Map<string, WorkspaceCounts>();
  private readonly failing = new Set<string>();
  private namespace: AgentNamespace;

  constructor(private readonly bus: MessageBus) {}

  attach(namespace: AgentNamespace): void {
    this.namespace = namespace;
  }

  /** It is in its rooms, or in others than before. */
  seated(socket: AgentSocket): void {
    if (!socket.connected) return;
    const { workspaceId } = socket.data.identity;
    const counts = this.workspaces.get(workspaceId) ?? this.start(workspaceId);
    counts.welcome(socket);
    this.isDue(workspaceId);
  }

  left(socket: AgentSocket): void {
    const { workspaceId } = socket.data.identity;
    this.workspaces.get(workspaceId)?.leave(socket);
    if (this.namespace.adapter.rooms.has(room.everyone(workspaceId))) return;
    this.workspaces.delete(workspaceId);
    this.failing.delete(workspaceId);
  }

  happened(event: InternalEvent): void {
    if (event.noun !== 'conversation') return;
    const counts = this.workspaces.get(event.workspaceId);
    if (counts?.touch(touchedBy(event))) this.isDue(event.workspaceId);
  }

  /** Events were lost. Its sockets are seated anew. */
  lost(workspaceId: string): void {
    this.workspaces.get(workspaceId)?.doubt();
  }

  private start(workspaceId: string): WorkspaceCounts {
    const { adapter, sockets } = this.namespace;
    const socketsOf = (key: CountKey): ReadonlySet<string> | undefined => adapter.rooms.get(roomOf(workspaceId, key));
    const listeners = {
      has: (key: CountKey) => socketsOf(key) !== undefined,
      of: (key: CountKey) => [...(socketsOf(key) ?? [])].flatMap((id) => sockets.get(id) ?? []),
    };
    const counts = new WorkspaceCounts(listeners, (keys) => this.ask(workspaceId, keys));
    this.workspaces.set(workspaceId, counts);
    return counts;
  }

  private async ask(workspaceId: string, keys: CountKey[]): Promise<KeyCounts[]> {
    const { places, agents } = await this.bus.request(countConversations, { keys }, systemCaller('gateway', workspaceId));
    return [...places, ...agents];
  }

  private isDue(workspaceId: string): void {
    void this.rounds.next(workspaceId, () => this.round(workspaceId));
  }

  private async round(workspaceId: string): Promise<void> {
    try {
      await this.workspaces.get(workspaceId)?.round();
      this.failing.delete(workspaceId);
    } catch (error) {
      if (!this.workspaces.has(workspaceId)) return;
      // Said once: it may go on for as long as the owner is away.
      if (!this.failing.has(workspaceId)) this.logger.warn({ workspaceId, reason: String(error) }, 'trays could not be counted');
      this.failing.add(workspaceId);
      this.isDue(workspaceId);
    }
  }
}
