import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { type AgentList, type AgentProfile, type AgentView, listAgents } from '@relevo/contracts';
import { MessageBus, NATS_CONNECTION, systemCaller } from '@relevo/messaging';
import { LRUCache } from 'lru-cache';

type Standing = Pick<AgentView, 'status' | 'activeCount'>;

/** An agent of whom nothing was ever told has not been here. */
const absent: Standing = { status: 'offline', activeCount: 0 };

interface Followed {
  readonly standings: Map<string, Standing>;
  /** Resolves when they are all there. */
  readonly read: Promise<void>;
}

const keptWorkspaces = 2_000;
const page = 100;

/**
 * How the agents of workspaces with sockets here stand now. Events say what an agent is; who is connected changes too
 * often to be history, so it is put to them when they are told.
 */
@Injectable()
export class Standings implements OnModuleInit {
  private readonly logger = new Logger(Standings.name);
  private readonly known = new LRUCache<string, Followed>({ max: keptWorkspaces });

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    private readonly bus: MessageBus,
  ) {}

  onModuleInit(): void {
    void this.watch();
  }

  /** Resolves when they are known, or cannot be asked for now. */
  follow(workspaceId: string): Promise<void> {
    const followed = this.known.get(workspaceId);
    if (followed) return followed.read;
    const standings = new Map<string, Standing>();
    const read = this.read(workspaceId, standings);
    this.known.set(workspaceId, { standings, read });
    return read;
  }

  told(workspaceId: string, agentId: string, standing: Standing): void {
    this.known.get(workspaceId)?.standings.set(agentId, standing);
  }

  viewOf(workspaceId: string, agent: AgentProfile): AgentView {
    const { status, activeCount } = this.known.get(workspaceId)?.standings.get(agent.id) ?? absent;
    return { ...agent, status, activeCount };
  }

  private async read(workspaceId: string, standings: Map<string, Standing>): Promise<void> {
    try {
      for await (const { id, status, activeCount } of this.agentsOf(workspaceId)) {
        // What was told meanwhile is newer.
        if (!standings.has(id)) standings.set(id, { status, activeCount });
      }
    } catch (error) {
      this.known.delete(workspaceId);
      this.logger.warn({ workspaceId, reason: String(error) }, 'how agents stand could not be read');
    }
  }

  /** Notices that came while NATS was away are lost: all is read again. */
  private async watch(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type !== 'reconnect') continue;
      const workspaces = [...this.known.keys()];
      this.known.clear();
      for (const workspaceId of workspaces) void this.follow(workspaceId);
    }
  }

  private async *agentsOf(workspaceId: string): AsyncGenerator<AgentView> {
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const found: AgentList = await this.bus.request(listAgents, { limit: page, ...(cursor !== undefined && { cursor }) }, systemCaller('gateway', workspaceId));
      yield* found.items;
      cursor = found.nextCursor;
    }
  }
}
