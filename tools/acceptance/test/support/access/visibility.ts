import { listTrays, statuses } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import { upTo } from '../outsider.js';
import { sees } from './subjects.js';
import { type CallerName, isMember, type World } from './world.js';

interface Listed {
  readonly id: string;
  readonly seq: number;
  readonly customer: { readonly id: string };
}

/** Those who have a socket and lists of their own. */
export const insiders = ['foreignAgent', 'foreignAdmin', 'otherTeam', 'noTeam', 'colleague', 'assignee', 'supervisor', 'admin'] as const satisfies readonly CallerName[];
export type Insider = (typeof insiders)[number];

/** Ids of what a caller may see (product rule "Sight"), sorted. */
export function visibleTo(caller: Insider, { conversations }: World): string[] {
  const { north, south } = conversations;
  const seen = isMember(caller) ? north.filter(({ channel }) => sees(caller, channel === 'ventas')) : south;
  return seen.map(({ conversationId }) => conversationId).toSorted();
}

/** All pages of a caller's list. */
export async function listed(world: World, caller: CallerName, filter: Record<string, string>): Promise<Listed[]> {
  const found: Listed[] = [];
  let cursor: string | null = null;
  do {
    const page = (await world.must(caller, 'GET /conversations', { ...filter, limit: 100, ...(cursor !== null && { cursor }) })) as unknown as { items: Listed[]; nextCursor: string | null };
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

export interface Lists {
  /** Ids in tray `all`, active and closed, sorted. */
  readonly all: string[];
  /** Of everything in any other tray. */
  readonly inTrays: string[];
}

export async function listsOf(world: World, caller: Insider): Promise<Lists> {
  const byTray = await Promise.all(
    listTrays.map(async (tray) => ({ tray, found: (await Promise.all(statuses.map((status) => listed(world, caller, { tray, status })))).flat() })),
  );
  const ids = (inAll: boolean): string[] => byTray.filter(({ tray }) => (tray === 'all') === inAll).flatMap(({ found }) => found.map(({ id }) => id)).toSorted();
  return { all: ids(true), inTrays: ids(false) };
}

/** Seqs of the entries that a caller was told of, by conversation. */
export function toldTo(world: World, caller: Insider): Map<string, number[]> {
  const told = new Map<string, number[]>();
  for (const { event, payload } of world.callers[caller].heard) {
    const { conversationId, seq } = payload;
    if (conversationId === undefined || seq === undefined) continue;
    // Nobody here loses sight of anything, so that nothing is ever removed.
    if (event !== 'timeline.entry') throw new Error(`${caller} heard ${event}`);
    told.set(conversationId, [...(told.get(conversationId) ?? []), seq]);
  }
  return told;
}

/** What each caller should have been told by now: all entries of what they see, in order, and of nothing else. */
export async function entriesFor(world: World): Promise<(caller: Insider) => Map<string, number[]>> {
  const seqs = new Map<string, number>();
  for (const caller of ['admin', 'foreignAdmin'] as const) {
    for (const status of statuses) for (const { id, seq } of await listed(world, caller, { status })) seqs.set(id, seq);
  }
  return (caller) => new Map(visibleTo(caller, world).map((id) => [id, upTo(seqs.get(id) ?? 0)]));
}

const heard = (world: World, caller: Insider, conversationId: string): boolean => world.callers[caller].heard.some(({ payload }) => payload.conversationId === conversationId);

/**
 * Resolves when whatever was to be told was told to everybody: an admin has heard all there was, and then a later event,
 * which everybody may hear, has arrived at each. A gateway tells the events of a workspace in one order.
 */
export async function allIsTold(world: World): Promise<void> {
  const expected = await entriesFor(world);
  await eventually(() => {
    for (const admin of ['admin', 'foreignAdmin'] as const) {
      const [told, missing] = [toldTo(world, admin), expected(admin)];
      for (const [id, seqs] of missing) if (told.get(id)?.length !== seqs.length) throw new Error(`${admin} was not told all of ${id}`);
    }
  }, 60_000);
  const markers = { north: await world.opened('general'), south: await world.opened('general', 'south') };
  await eventually(() => {
    for (const caller of insiders) {
      if (!heard(world, caller, isMember(caller) ? markers.north : markers.south)) throw new Error(`${caller} has not heard the marker`);
    }
  }, 60_000);
}
