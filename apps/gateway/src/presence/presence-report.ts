import type { ReportedAgent } from '@relevo/contracts';

export type Known = Pick<ReportedAgent, 'agentId' | 'workspaceId'>;

interface Here extends Known {
  sockets: number;
}

/**
 * What this replica knows of agents, and what of it is still to be said. Only what changed is in it: an agent's first and
 * last socket, and that they did something.
 */
export class PresenceReport {
  private readonly here = new Map<string, Here>();
  private readonly unsaid = new Map<string, Known & { active: boolean }>();

  get isEmpty(): boolean {
    return this.unsaid.size === 0;
  }

  /** Whether it is their first socket here. */
  connected(agent: Known): boolean {
    const known = this.here.get(agent.agentId);
    if (known) known.sockets += 1;
    else this.here.set(agent.agentId, { ...agent, sockets: 1 });
    this.say(agent, true);
    return known === undefined;
  }

  /** Whether it was their last. */
  disconnected(agent: Known): boolean {
    const known = this.here.get(agent.agentId);
    if (!known || --known.sockets > 0) return false;
    this.here.delete(agent.agentId);
    this.say(agent, false);
    return true;
  }

  active(agent: Known): void {
    this.say(agent, true);
  }

  /** Takes as many as fit into one report, as they are now. */
  take(max: number): ReportedAgent[] {
    const taken = [...this.unsaid.values()].slice(0, max);
    for (const { agentId } of taken) this.unsaid.delete(agentId);
    return taken.map((said) => ({ ...said, connected: this.here.has(said.agentId) }));
  }

  /** It is not known whether they were heard. */
  putBack(agents: readonly ReportedAgent[]): void {
    for (const { agentId, workspaceId, active } of agents) this.say({ agentId, workspaceId }, active);
  }

  /** Everything is to be said again. */
  startAnew(): void {
    for (const { agentId, workspaceId } of this.here.values()) this.say({ agentId, workspaceId }, false);
  }

  private say({ agentId, workspaceId }: Known, active: boolean): void {
    const before = this.unsaid.get(agentId);
    this.unsaid.set(agentId, { agentId, workspaceId, active: active || (before?.active ?? false) });
  }
}
