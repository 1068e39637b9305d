import type { AgentView, CustomerView } from '@relevo/contracts';

export const belongings = ['take', 'drop', 'give', 'block', 'unblock'] as const;
export type Belonging = (typeof belongings)[number];

type Subject = Pick<CustomerView, 'affinityAgentId' | 'blocked'>;

/**
 * What an agent may do with whose a customer is, and with whether they reach anybody (product rules "Routing": agents
 * take or drop their own, only admins change another's; blocking is for who supervises). The services decide again.
 */
export function rightsOf({ affinityAgentId, blocked }: Subject, { id, role }: Pick<AgentView, 'id' | 'role'>): ReadonlySet<Belonging> {
  const isAdmin = role === 'admin';
  const applies: Readonly<Record<Belonging, boolean>> = {
    take: affinityAgentId !== id && (affinityAgentId === null || isAdmin),
    drop: affinityAgentId !== null && (affinityAgentId === id || isAdmin),
    give: isAdmin,
    block: role !== 'agent' && !blocked,
    unblock: role !== 'agent' && blocked,
  };
  return new Set(belongings.filter((each) => applies[each]));
}
