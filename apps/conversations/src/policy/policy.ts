import { conversationsEvents, type EntryActor, type PolicyView } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';

export interface PolicyState extends AggregateState, PolicyView {}

/** Carries the whole policy as it is from then on. */
export type PolicyEntry = JournalEntry<'policy-created' | 'policy-changed', PolicyView>;

export type PolicyCommand = { type: 'create'; by: EntryActor } | { type: 'change'; by: EntryActor; changes: Partial<PolicyView> };

/** Until an admin decides otherwise (product rule "Close"). */
export const defaultPolicy: PolicyView = { toleranceHours: 24, voice: true };

export const policyIdOf = (workspaceId: string): string => digestId('policy', workspaceId);

export const policyView = ({ toleranceHours, voice }: PolicyView): PolicyView => ({ toleranceHours, voice });

function decide(state: PolicyState | null, command: PolicyCommand): Decision<PolicyEntry> | null {
  if (command.type === 'create') return state === null ? { type: 'policy-created', actor: command.by, data: defaultPolicy } : null;
  const before = policyView(state ?? defaultPolicy);
  const after = { ...before, ...command.changes };
  const same = state !== null && before.toleranceHours === after.toleranceHours && before.voice === after.voice;
  return same ? null : { type: 'policy-changed', actor: command.by, data: after };
}

export const policyAggregate: Aggregate<PolicyState, PolicyEntry, PolicyCommand> = {
  noun: 'policy',
  indexes: [],
  decide,
  fold: (_state, { workspaceId, seq, at, data }) => ({ workspaceId, seq, at, ...policyView(data) }),
  toEvents: (_before, after, { workspaceId, aggregateId, seq, type }) => [
    outgoing({ contract: conversationsEvents, workspaceId, aggregateId, seq, fact: type, payload: { noun: 'policy', workspaceId, policy: policyView(after) } }),
  ],
};
