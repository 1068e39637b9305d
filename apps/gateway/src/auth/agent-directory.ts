import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { AppError, type AgentInWorkspace, eventSubject, getAgent, readEventSubject, routingEvents } from '@relevo/contracts';
import { MessageBus, NATS_CONNECTION, systemCaller } from '@relevo/messaging';
import { type Identity, unauthenticated } from './access-tokens.js';
import { RecentReads } from './recent-reads.js';

/** How long a change of an agent's role, teams or name may take to be believed here when its event is missed. */
const maxAgeMs = 5_000;

type Key = Pick<Identity, 'agentId' | 'workspaceId'>;

/** Agents as routing knows them now: a token says who, this says what they may do. */
@Injectable()
export class AgentDirectory implements OnModuleInit {
  private readonly recent = new RecentReads<AgentInWorkspace>(maxAgeMs, 20_000);

  constructor(
    private readonly bus: MessageBus,
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
  ) {}

  /** Whoever is told to reload because their teams changed must not be answered with the teams they had. */
  onModuleInit(): void {
    this.nats.subscribe(eventSubject(routingEvents, {}), {
      callback: (error, { subject }) => {
        const about = error ? null : readEventSubject(subject);
        if (about) this.recent.forget(about.aggregateId);
      },
    });
  }

  /** At most 5 s old. `UNAUTHENTICATED` for an agent who is no more, or not active. */
  async get(key: Key): Promise<AgentInWorkspace> {
    const found = await this.recent.get(key.agentId, () => this.load(key));
    // An agent belongs to one workspace for good; a token that says another is not ours.
    if (found.workspace.id !== key.workspaceId || !found.agent.active) throw unauthenticated();
    return found;
  }

  /** Read after this call began: what decides which events a socket gets must not be older than the stream it reads. */
  fresh(key: Key): Promise<AgentInWorkspace> {
    this.forget(key.agentId);
    return this.get(key);
  }

  forget(agentId: string): void {
    this.recent.forget(agentId);
  }

  private async load({ agentId, workspaceId }: Key): Promise<AgentInWorkspace> {
    try {
      return await this.bus.request(getAgent, { agentId }, systemCaller('gateway', workspaceId));
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') throw unauthenticated(error);
      throw error;
    }
  }
}
