import type { AgentView, ConversationView, TeamView } from '@relevo/contracts';
import { plain } from '../ui/plain';

export type Target = { readonly kind: 'agent'; readonly agent: AgentView } | { readonly kind: 'team'; readonly team: TeamView; readonly online: number };

export const idOf = (target: Target): string => (target.kind === 'agent' ? target.agent.id : target.team.id);
export const nameOf = (target: Target): string => (target.kind === 'agent' ? target.agent.name : target.team.name);

interface Known {
  readonly agents: ReadonlyMap<string, AgentView>;
  readonly teams: ReadonlyMap<string, TeamView>;
}

const standing = { online: 0, away: 1, offline: 2 } as const;

/** Share of what they take on that they have. */
export const loadOf = ({ activeCount, capacity }: Pick<AgentView, 'activeCount' | 'capacity'>): number => (capacity === 0 ? 1 : Math.min(1, activeCount / capacity));

/** Who answers soonest first. */
const byReadiness = (a: AgentView, b: AgentView): number => standing[a.status] - standing[b.status] || loadOf(a) - loadOf(b) || a.name.localeCompare(b.name);

/**
 * Whom a conversation can be transferred to, agents before teams, of those whose name has each word that was typed: not
 * to oneself, to whom it is with already, to who left, or to an archived team (product rule "Transfer").
 */
export function targetsOf({ agents, teams }: Known, { assigneeId, teamId, tray }: Pick<ConversationView, 'assigneeId' | 'teamId' | 'tray'>, myId: string, typed: string): readonly Target[] {
  const words = plain(typed).split(/\s+/u).filter(Boolean);
  const isMeant = ({ name }: { readonly name: string }): boolean => words.every((word) => plain(name).includes(word));
  /** Names with a word that begins so stand before those that merely have it within: “vent” is Ventas rather than Posventa. */
  const rank = ({ name }: { readonly name: string }): number => {
    const parts = plain(name).split(/\s+/u);
    return words.every((word) => parts.some((part) => part.startsWith(word))) ? 0 : 1;
  };
  const present = [...agents.values()].filter(({ active }) => active);
  const people = present.filter((agent) => agent.id !== myId && agent.id !== assigneeId && isMeant(agent)).toSorted((a, b) => rank(a) - rank(b) || byReadiness(a, b));
  const queues = [...teams.values()].filter((team) => !team.archived && !(tray === 'unassigned' && team.id === teamId) && isMeant(team)).toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const onlineIn = (id: string): number => present.filter(({ status, teamIds }) => status === 'online' && teamIds.includes(id)).length;
  return [...people.map((agent) => ({ kind: 'agent', agent }) as const), ...queues.map((team) => ({ kind: 'team', team, online: onlineIn(team.id) }) as const)];
}
