import { conversationSorts, listStatuses, listTrays, type Role } from '@relevo/contracts';
import * as fc from 'fast-check';
import type { Question } from './asking.js';

export const teams = ['one', 'two'] as const;
export type Team = (typeof teams)[number];

/** Agents of one team, of the other, of both, of none, one who sees all, and one who may be dismissed. */
export const crew = {
  ana: { role: 'agent', teams: ['one'] },
  beto: { role: 'agent', teams: ['two'] },
  carla: { role: 'agent', teams: ['one', 'two'] },
  dario: { role: 'agent', teams: [] },
  eva: { role: 'supervisor', teams: [] },
  fran: { role: 'agent', teams: ['two'] },
} as const satisfies Record<string, { role: Role; teams: readonly Team[] }>;
export type Name = keyof typeof crew;
export const names = Object.keys(crew) as Name[];

/** Who is deactivated where somebody is. */
export const dismissed = 'fran' satisfies Name;

/** Whose socket each client is: some agents have several, and who may be dismissed has none. */
export const clients = ['ana', 'ana', 'beto', 'carla', 'dario', 'eva'] as const satisfies readonly Name[];

/** By which channel each customer writes. */
export const customers = ['one', 'one', 'two', 'general', 'bot'] as const;
export type ChannelName = (typeof customers)[number];

export const deeds = ['claim', 'release', 'send', 'note', 'close', 'read', 'unread', 'undo'] as const;

const client = fc.nat({ max: clients.length - 1 });
const customer = fc.nat({ max: customers.length - 1 });
const replica = fc.nat({ max: 1 });
const who = fc.constantFrom(...names);

const question: fc.Arbitrary<Question> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      of: fc.constant('list' as const),
      tray: fc.constantFrom(...listTrays, 'all' as const, 'all' as const),
      status: fc.constantFrom(...listStatuses, 'all' as const),
      sort: fc.constantFrom(...conversationSorts),
      by: fc.constantFrom('nothing' as const, 'nothing' as const, 'nothing' as const, 'nothing' as const, 'team' as const, 'tag' as const, 'customer' as const, 'assignee' as const),
    }),
  },
  // Words of customers, agents and notes, and the number that a conversation has.
  { weight: 2, arbitrary: fc.record({ of: fc.constant('search' as const), q: fc.oneof(fc.constantFrom('mensaje', 'respuesta', 'nota'), fc.integer({ min: 1, max: 9 }).map((n) => `#${n}`)) }) },
  { weight: 3, arbitrary: fc.record({ of: fc.constantFrom('conversation' as const, 'timeline' as const, 'customer' as const, 'counts' as const) }) },
);

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
  dismiss: fc.record({ do: fc.constant('dismiss' as const), replica }),
  /** An agent writes first. */
  outbound: fc.record({ do: fc.constant('outbound' as const), who, customer, replica }),
  tag: fc.record({ do: fc.constant('tag' as const), who, customer, replica, on: fc.boolean() }),
  /** `elsewhere`: for what is of another workspace. */
  ask: fc.record({ do: fc.constant('ask' as const), who, customer, replica, question, elsewhere: fc.nat({ max: 4 }).map((n) => n === 0) }),
};

type Weights = Partial<Record<keyof typeof arbitraries, number>>;

/** Clients come and go. */
const comings: Weights = { connect: 5, disconnect: 4, thaw: 2, look: 4, write: 8, act: 12, transfer: 6, move: 2, appoint: 1 };

/** Agents' teams and roles change while they ask for everything there is. */
const changes: Weights = { connect: 1, disconnect: 1, look: 2, write: 8, act: 10, transfer: 8, move: 6, appoint: 3, dismiss: 1, outbound: 2, tag: 3, ask: 40 };

export type Step = { [K in keyof typeof arbitraries]: (typeof arbitraries)[K] extends fc.Arbitrary<infer S> ? S : never }[keyof typeof arbitraries];

/** A step, and how many ms after the one before it is begun; none waits for another's end. */
export type Schedule = readonly { readonly step: Step; readonly afterMs: number }[];

const stepOf = (weights: Weights): fc.Arbitrary<Step> =>
  fc.oneof(...(Object.keys(weights) as (keyof typeof arbitraries)[]).map((kind) => ({ weight: weights[kind] ?? 0, arbitrary: arbitraries[kind] as fc.Arbitrary<Step> })));

const scheduleOf = (weights: Weights, size: { minLength: number; maxLength: number }): fc.Arbitrary<Schedule> =>
  fc.array(fc.record({ step: stepOf(weights), afterMs: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 10 }) }, { weight: 1, arbitrary: fc.nat({ max: 120 }) }) }), size);

/** What is happening is not the same twice, so a failure is shrunk a little only. */
export const schedules = {
  comings: fc.limitShrink(scheduleOf(comings, { minLength: 25, maxLength: 60 }), 15),
  changes: fc.noShrink(scheduleOf(changes, { minLength: 80, maxLength: 100 })),
};
