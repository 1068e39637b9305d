import type { Role } from '@relevo/contracts';
import * as fc from 'fast-check';
import type { Doing } from './acts.js';
import { type CustomerName, customers, type Name, names, type TagName, tags, type Team, teams } from './cast.js';

/** Somebody, or whoever it is up to just then: half of what is asked should be granted. */
type Who = Name | 'whose it is';

/** What is done in a conversation, whichever it is. */
export type Deed =
  | { readonly do: 'claim' | 'release' | 'unread' | 'close' | 'undo'; readonly who: Who }
  /** `seen`: how many entries before the last; null without a fence. */
  | { readonly do: 'send'; readonly who: Who; readonly seen: number | null }
  | { readonly do: 'note'; readonly who: Who; readonly mention: Name | null }
  /** `before`: likewise. */
  | { readonly do: 'read'; readonly who: Who; readonly before: number }
  | { readonly do: 'transfer'; readonly who: Who; readonly to: Name | Team | 'unknown' | 'nobody'; readonly note: boolean; readonly force: boolean }
  | { readonly do: 'tag' | 'untag'; readonly who: Who; readonly tag: TagName }
  | { readonly do: 'hand-over'; readonly team: Team | 'unknown' | null };

/** What concerns no conversation yet, or all of them. */
export type Event =
  | { readonly do: 'write'; readonly customer: CustomerName }
  | { readonly do: 'open'; readonly who: Name; readonly customer: CustomerName }
  | { readonly do: 'move'; readonly who: Name; readonly teams: readonly Team[] }
  | { readonly do: 'appoint'; readonly who: Name; readonly role: Role }
  | { readonly do: 'status'; readonly who: Name; readonly status: 'online' | 'away' }
  | { readonly do: 'close-inactive' }
  | { readonly do: 'wait'; readonly ms: number };

/** `of`: the conversation, counted back from the one opened last, the closed ones after the active ones. One command, twice where `again`; or a race of two. */
export type Step = { readonly replica: number } & (
  | { readonly event: Event; readonly again: boolean }
  | { readonly of: number; readonly deed: Deed; readonly again: boolean }
  | { readonly of: number; readonly race: readonly [Deed, Deed | 'customer writes'] }
);

export type Scenario = readonly Step[];

const hour = 3_600_000;
/** Past an undo; some hours, whose sums never meet the tolerance of a day; past it. */
const waits = [11_000, 11_000, 10 * hour, 10 * hour, 25 * hour] as const;

type Fields<T> = { readonly [F in Exclude<keyof T, 'do'>]: fc.Arbitrary<T[F]> };
/** How often of each kind, and what it is made of. */
type Kinds<T extends { readonly do: string }> = { readonly [K in T['do']]: readonly [weight: number, fields: Fields<Doing<T, K>>] };

const oneOf = <T extends { readonly do: string }>(kinds: Kinds<T>): fc.Arbitrary<T> =>
  fc.oneof(
    ...Object.entries<readonly [number, Record<string, fc.Arbitrary<unknown>>]>(kinds).map(([kind, [weight, fields]]) => ({
      weight,
      arbitrary: fc.record({ do: fc.constant(kind), ...fields }) as unknown as fc.Arbitrary<T>,
    })),
  );

const anyone = fc.constantFrom(...names);
const who: fc.Arbitrary<Who> = fc.oneof({ weight: 2, arbitrary: fc.constant('whose it is' as const) }, { weight: 1, arbitrary: anyone });
const customer = fc.constantFrom(...(Object.keys(customers) as CustomerName[]));
const tag = fc.constantFrom(...tags);
const back = fc.constantFrom(0, 0, 0, 1, 2, 4);

const deed = oneOf<Deed>({
  claim: [6, { who: anyone }],
  release: [3, { who }],
  unread: [3, { who }],
  close: [3, { who }],
  undo: [5, { who }],
  send: [7, { who, seen: fc.option(back) }],
  note: [2, { who, mention: fc.option(anyone) }],
  read: [5, { who, before: back }],
  transfer: [9, { who, to: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...names, ...teams, ...teams) }, { weight: 1, arbitrary: fc.constantFrom('unknown' as const, 'nobody' as const) }), note: fc.boolean(), force: fc.boolean() }],
  tag: [1, { who, tag }],
  untag: [1, { who, tag }],
  'hand-over': [2, { team: fc.constantFrom('sales', 'support', null, 'unknown') }],
});

const event = oneOf<Event>({
  write: [16, { customer }],
  open: [2, { who: anyone, customer }],
  move: [2, { who: anyone, teams: fc.subarray([...teams]) }],
  appoint: [1, { who: fc.constantFrom(...names.filter((name) => name !== 'root')), role: fc.constantFrom('agent', 'supervisor') }],
  status: [1, { who: anyone, status: fc.constantFrom('online', 'away') }],
  wait: [2, { ms: fc.constantFrom(...waits) }],
  'close-inactive': [1, {}],
});

const replica = fc.nat({ max: 1 });
/** Mostly one of the newest, so that much happens in each. */
const of = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 3 }) }, { weight: 1, arbitrary: fc.nat({ max: 20 }) });
const again = fc.constantFrom(true, false, false, false, false);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ replica, of, deed, again }) },
  { weight: 3, arbitrary: fc.record({ replica, event, again }) },
  { weight: 1, arbitrary: fc.record({ replica, of, race: fc.tuple(deed, fc.oneof({ weight: 3, arbitrary: deed }, { weight: 1, arbitrary: fc.constant('customer writes' as const) })) }) },
);

/** The same for the same seed. */
export const scenarios = (seed: number, count: number, steps: number): Scenario[] => fc.sample(fc.noBias(fc.array(step, { minLength: steps, maxLength: steps, size: 'max' })), { seed, numRuns: count });

/** What a scenario begins with, so that there is something to do. */
export const opening: Scenario = (Object.keys(customers) as CustomerName[]).map((name, index) => ({ replica: index % 2, event: { do: 'write', customer: name }, again: false }));
