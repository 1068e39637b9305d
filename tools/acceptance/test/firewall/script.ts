import fc from 'fast-check';

export const customers = ['ines', 'nora', 'api'] as const;
export type CustomerName = (typeof customers)[number];
export const agents = ['jefa', 'ana', 'beto'] as const;
export type AgentName = (typeof agents)[number];

/** What somebody does next to the conversation that this customer has now. `text` is beside whatever else they write. */
export type Step = { readonly of: CustomerName; readonly by: AgentName; readonly text: string } & (
  | { readonly does: 'customer writes' | 'message' | 'claim' | 'release' | 'close' | 'undo' | 'read' | 'unread' | 'typing' }
  | { readonly does: 'note'; readonly mentions: readonly AgentName[] }
  | { readonly does: 'transfer to agent'; readonly to: AgentName; readonly noted: boolean }
  | { readonly does: 'transfer to team'; readonly to: 0 | 1; readonly noted: boolean }
  | { readonly does: 'tag' | 'untag' | 'rename tag'; readonly tag: 0 | 1 | 2 }
);

const place = {
  of: fc.constantFrom(...customers),
  by: fc.constantFrom(...agents),
  text: fc.string({ unit: 'grapheme', maxLength: 30 }),
};
const tag = fc.constantFrom(0 as const, 1 as const, 2 as const);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ...place, does: fc.constantFrom('customer writes' as const, 'message' as const) }) },
  { weight: 4, arbitrary: fc.record({ ...place, does: fc.constant('note' as const), mentions: fc.uniqueArray(fc.constantFrom(...agents)) }) },
  { weight: 3, arbitrary: fc.record({ ...place, does: fc.constant('transfer to agent' as const), to: fc.constantFrom(...agents), noted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ ...place, does: fc.constant('transfer to team' as const), to: fc.constantFrom(0 as const, 1 as const), noted: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ ...place, does: fc.constantFrom('tag' as const, 'untag' as const, 'rename tag' as const), tag }) },
  { weight: 2, arbitrary: fc.record({ ...place, does: fc.constantFrom('claim' as const, 'release' as const, 'close' as const, 'undo' as const) }) },
  { weight: 2, arbitrary: fc.record({ ...place, does: fc.constantFrom('read' as const, 'unread' as const, 'typing' as const) }) },
);

/** The same steps for the same seed. */
export const scriptOf = (seed: number, steps: number): Step[] => fc.sample(step, { seed, numRuns: steps });
