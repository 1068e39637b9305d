import { Injectable } from '@nestjs/common';
import type { AgentView, Presence } from '@relevo/contracts';
import { Clock } from '@relevo/platform';
import { agentProfile, type AgentState } from '../agents/agent.js';
import { RoutingConfig } from '../config.js';
import { Loads } from '../load/loads.js';
import { Gateways } from './gateways.js';
import { type PresenceLimits, type PresenceRecord, type Renewals, statusOf } from './presence.js';
import { Presences } from './presences.js';

/** How agents stand now: whether they are there, and how much they have. */
@Injectable()
export class Standings {
  readonly limits: PresenceLimits;

  constructor(
    private readonly presences: Presences,
    private readonly gateways: Gateways,
    private readonly loads: Loads,
    private readonly clock: Clock,
    config: RoutingConfig,
  ) {
    this.limits = { idleMs: config.PRESENCE_IDLE_SECONDS * 1_000, silentMs: config.PRESENCE_SILENT_SECONDS * 1_000 };
  }

  statusNow(presence: PresenceRecord | null, renewals: Renewals): Presence {
    return statusOf(presence, renewals, this.clock.now(), this.limits);
  }

  /** Three look-ups by key, side by side. */
  async view(id: string, state: AgentState): Promise<AgentView> {
    const [presence, renewals, activeCount] = await Promise.all([this.presences.find(id), this.gateways.renewals(), this.loads.of(state.workspaceId, id)]);
    return { ...agentProfile(id, state), status: this.statusNow(presence, renewals), activeCount };
  }

  async views(workspaceId: string, agents: readonly (AgentState & { _id: string })[]): Promise<AgentView[]> {
    const ids = agents.map(({ _id }) => _id);
    const [presences, renewals, loads] = await Promise.all([this.presences.findAll(ids), this.gateways.renewals(), this.loads.ofAll(workspaceId, ids)]);
    return agents.map(({ _id, ...state }) => ({
      ...agentProfile(_id, state),
      status: this.statusNow(presences.get(_id) ?? null, renewals),
      activeCount: loads.get(_id) ?? 0,
    }));
  }
}
