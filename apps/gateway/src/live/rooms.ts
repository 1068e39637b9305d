import type { AgentProfile, Role } from '@relevo/contracts';

/** What decides which conversations an agent sees (product rule "Sight"). */
export interface Sight {
  readonly role: Role;
  readonly teamIds: readonly string[];
}

export const sightOf = ({ role, teamIds }: AgentProfile): Sight => ({ role, teamIds });

/** Names of rooms; each begins with its workspace, so nothing crosses the border by mistake. */
export const room = {
  everyone: (workspaceId: string): string => `${workspaceId}:everyone`,
  supervisors: (workspaceId: string): string => `${workspaceId}:supervisors`,
  teamless: (workspaceId: string): string => `${workspaceId}:teamless`,
  team: (workspaceId: string, teamId: string): string => `${workspaceId}:team:${teamId}`,
  agent: (workspaceId: string, agentId: string): string => `${workspaceId}:agent:${agentId}`,
};

/** Rooms of one agent's sockets. Supervisors see all, so they need no team's room. */
export function roomsOf(workspaceId: string, agentId: string, { role, teamIds }: Sight): string[] {
  const seeing = role === 'agent' ? [room.teamless(workspaceId), ...teamIds.map((id) => room.team(workspaceId, id))] : [room.supervisors(workspaceId)];
  return [room.everyone(workspaceId), room.agent(workspaceId, agentId), ...seeing];
}

export const sameSight = (a: Sight, b: Sight): boolean =>
  a.role === b.role && a.teamIds.length === b.teamIds.length && a.teamIds.every((id) => b.teamIds.includes(id));
