import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { type AgentStatusNotice, agentStatusSubject } from '@relevo/contracts';
import { NATS_CONNECTION } from '@relevo/messaging';
import type { AgentNamespace } from '../socket/agent-socket.js';
import { room } from './rooms.js';
import { Standings } from './standings.js';

/** Tells everyone of a workspace how its agents stand. */
@Injectable()
export class AgentStatus implements OnModuleInit {
  private namespace?: AgentNamespace;

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    private readonly standings: Standings,
  ) {}

  onModuleInit(): void {
    this.nats.subscribe(agentStatusSubject(), {
      callback: (error, message) => {
        if (!error) this.tell(message.json<AgentStatusNotice>());
      },
    });
  }

  attach(namespace: AgentNamespace): void {
    this.namespace = namespace;
  }

  private tell({ workspaceId, ...standing }: AgentStatusNotice): void {
    const { agentId, status, activeCount } = standing;
    this.standings.told(workspaceId, agentId, { status, activeCount });
    const everyone = room.everyone(workspaceId);
    if (this.namespace?.adapter.rooms.has(everyone)) this.namespace.to(everyone).emit('agent.status', standing);
  }
}
