import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Journal, type Projection } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { agentAggregate, type AgentCommand, type AgentEntry, type AgentState, isActiveAdmin } from './agent.js';

/** A workspace's agents are a short list. */
const maxAgents = 1_000;

@Injectable()
export class AgentJournal extends Journal<AgentState, AgentEntry, AgentCommand> {
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(agentAggregate, connection, clock, publisher);
  }

  /** All agents of a workspace, by name. */
  async inWorkspace(workspaceId: string): Promise<Projection<AgentState>[]> {
    const found = await this.store.projections.find({ workspaceId }).sort({ name: 1, _id: 1 }).limit(maxAgents).toArray();
    return found as Projection<AgentState>[];
  }

  /** Agents of all workspaces in the order of their ids, after one of them. */
  async following(agentId: string | null, limit: number): Promise<Pick<Projection<AgentState>, '_id' | 'workspaceId'>[]> {
    return this.store.projections
      .find(agentId === null ? {} : { _id: { $gt: agentId } }, { projection: { workspaceId: 1 } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  }

  /** Those who can administer the workspace now, with how far their histories have come. */
  async activeAdminsOf(workspaceId: string): Promise<{ agentId: string; seq: number }[]> {
    const agents = await this.inWorkspace(workspaceId);
    return agents.filter(isActiveAdmin).map(({ _id, seq }) => ({ agentId: _id, seq }));
  }
}
