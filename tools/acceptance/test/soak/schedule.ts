import type { Role } from '@relevo/contracts';
import * as fc from 'fast-check';

export const teams = ['one', 'two'] as const;
export type Team = (typeof teams)[number];

/** Agents of one team, of the other, of both, of none, and one who sees all. */
export const crew = {
  ana: { role: 'agent', teams: ['one'] },
  beto: { role: 'agent', teams: ['two'] },
  carla: { role: 'agent', teams: ['one', 'two'] },
  dario: { role: 'agent', teams: [] },
  eva: { role: 'supervisor', teams: [] },
} as const satisfies Record<string, { role: Role; teams: readonly Team[] }>;
export type Name = keyof typeof crew;
export const names = Object.keys(crew) as Name[];

/** Whose socket each client is: some agents have several. */
export const clients = ['ana', 'ana', 'beto', 'carla', 'dario', 'eva'] as const satisfies readonly Name[];

/** By which channel each customer writes. */
export const customers = ['one', 'one', 'two', 'general', 'bot'] as const;
export type ChannelName = (typeof customers)[number];

export const deeds = ['claim', 'release', 'send', 'note', 'close', 'read', 'unread', 'undo'] as const;

const client = fc.nat({ max: clients.length - 1 });
const customer = fc.nat({ max: customers.length - 1 });
const replica = fc.nat({ max: 1 });
const who = fc.constantFrom(...names);

const arbitraries = {
  /** `with`: the cursor that it gives. */
  connect: fc.record({ do: fc.constant('connect' as const), client, replica, with: fc.constantFrom('last' as const, 'last' as const, 'old' as const, 'none' as const) }),
  disconnect: fc.record({ do: fc.constant('disconnect' as const), client, how: fc.constantFrom('clean' as const, 'cut' as const, 'freeze' as const) }),
  thaw: fc.record({ do: fc.constant('thaw' as const), client }),
  /** Somebody looks at a customer's conversation, or no longer. */
  look: fc.record({ do: fc.constant('look' as const), client, customer, open: fc.boolean() }),
  write: fc.record({ do: fc.constant('write' as const), customer, replica }),
  act: fc.record({ do: fc.constant('act' as const), deed: fc.constantFrom(...deeds), who, customer, replica }),
  transfer: fc.record({ do: fc.constant('transfer' as const), who, customer, replica, to: fc.oneof(fc.constantFrom(...teams), who) }),
  /** An agent's teams, or role, become others. */
  move: fc.record({ do: fc.constant('move' as const), who, replica, teams: fc.subarray([...teams]) }),
  appoint: fc.record({ do: fc.constant('appoint' as const), who, replica, role: fc.constantFrom('agent' as const, 'supervisor' as const) }),
};

const weights: Record<keyof typeof arbitraries, number> = { connect: 5, disconnect: 4, thaw: 2, look: 4, write: 8, act: 12, transfer: 6, move: 2, appoint: 1 };

export type Step = { [K in keyof typeof arbitraries]: (typeof arbitraries)[K] extends fc.Arbitrary<infer S> ? S : never }[keyof typeof arbitraries];

/** A step, and how many ms after the one before it is begun; none waits for another's end. */
export type Schedule = readonly { readonly step: Step; readonly afterMs: number }[];

const step: fc.Arbitrary<Step> = fc.oneof(
  ...(Object.keys(arbitraries) as (keyof typeof arbitraries)[]).map((kind) => ({ weight: weights[kind], arbitrary: arbitraries[kind] as fc.Arbitrary<Step> })),
);

/** What is happening is not the same twice, so a failure is shrunk a little only. */
export const schedule: fc.Arbitrary<Schedule> = fc.limitShrink(
  fc.array(fc.record({ step, afterMs: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 10 }) }, { weight: 1, arbitrary: fc.nat({ max: 120 }) }) }), { minLength: 25, maxLength: 60 }),
  15,
);
