import { Injectable } from '@nestjs/common';
import { type AgentView, AppError, getAgent, getTeam, type Rpc } from '@relevo/contracts';
import { type Body, MessageBus, systemCaller } from '@relevo/messaging';
import type { TransferTarget } from '../conversation/conversation.js';

/** Whom a transfer may name and a note may mention, as routing knows them now. */
@Injectable()
export class TransferTargets {
  constructor(private readonly bus: MessageBus) {}

  async agent(agentId: string, workspaceId: string, correlationId: string): Promise<TransferTarget> {
    return { kind: 'agent', agent: await this.agentNow(agentId, workspaceId, correlationId) };
  }

  /** Null for whom the workspace does not have. */
  async agentNow(agentId: string, workspaceId: string, correlationId: string): Promise<AgentView | null> {
    return (await this.find(getAgent, { agentId }, workspaceId, correlationId))?.agent ?? null;
  }

  async team(teamId: string, workspaceId: string, correlationId: string): Promise<TransferTarget> {
    return { kind: 'team', team: await this.find(getTeam, { teamId }, workspaceId, correlationId) };
  }

  /** Where what is for a team queues: there, or in the general queue once the team is archived. Null when there is no such team. */
  async queue(teamId: string, workspaceId: string, correlationId: string, timeoutMs?: number): Promise<{ teamId: string | null } | null> {
    const team = await this.find(getTeam, { teamId }, workspaceId, correlationId, timeoutMs);
    return team && { teamId: team.archived ? null : teamId };
  }

  /** Null for what the workspace does not have. */
  private async find<Request extends object, Reply extends object>(
    rpc: Rpc<Request, Reply, 'system'>,
    body: Body<Request>,
    workspaceId: string,
    correlationId: string,
    timeoutMs?: number,
  ): Promise<Reply | null> {
    try {
      return await this.bus.request(rpc, body, { ...systemCaller('conversations', workspaceId), correlationId }, timeoutMs);
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }
}
