import { randomUUID } from 'node:crypto';
import { allRpcs, nameOf, operations, statuses } from '@relevo/contracts';
import { deniedMark, rowsOf, type Row, wrong } from './support/access/matrix.js';
import { toldApart } from './support/access/references.js';
import { requestsWithoutALine } from './support/access/askers.js';
import { wronglyAsked } from './support/access/requests.js';
import { rules } from './support/access/rules.js';
import { allIsTold, entriesFor, insiders, listed, listsOf, toldTo, visibleTo } from './support/access/visibility.js';
import { callerNames, isMember, World } from './support/access/world.js';

/**
 * Who may do what: every operation, asked over REST and the socket by everybody there is. The rows are made from the
 * registry and `rules`; both whoever is refused and whoever is served are asked, for a refusal of what never works
 * proves nothing.
 */
let world: World;

beforeAll(async () => {
  world = await World.start();
}, 120_000);

afterAll(() => world?.stop());

describe.each(operations.map((operation) => ({ name: nameOf(operation), operation })))('$name', ({ name, operation }) => {
  const rows: Row[] = [];

  it('answers each caller as its rule says', async () => {
    for (const subject of rules[name].subjects) rows.push(...(await rowsOf(world, operation, subject)));
    expect(wrong(rows)).toEqual([]);
  }, 60_000);

  it('was asked by everybody, and served somebody, every way there is', () => {
    expect(new Set(rows.map(({ caller }) => caller))).toEqual(new Set(callerNames));
    for (const transport of operation.event === undefined ? (['REST'] as const) : (['REST', 'socket'] as const)) {
      expect(rows.some((row) => row.transport === transport && /^(ok|made)$/.test(row.got))).toBe(true);
    }
  });
});

/** Ids of all that a workspace has, as a text may hold them. */
async function idsOf(workspace: 'north' | 'south'): Promise<string[]> {
  const { id, teams, agents, channels } = world[workspace];
  const own = [id, ...Object.values(teams), ...[...Object.values(agents), ...Object.values(channels)].map((each) => each.id)];
  const conversations = (await Promise.all(statuses.map((status) => listed(world, workspace === 'north' ? 'admin' : 'foreignAdmin', { status })))).flat();
  return [...own, ...conversations.flatMap(({ id: conversationId, customer }) => [conversationId, customer.id])];
}

describe('after all of that', () => {
  beforeAll(async () => {
    await world.opened('ventas', 'south');
    await allIsTold(world);
  }, 60_000);

  it.each(insiders)('%s finds in lists what they may see, and nothing else', async (caller) => {
    const { all, inTrays } = await listsOf(world, caller);
    expect(all).toEqual(visibleTo(caller, world));
    // What is closed stands in the tray it was in; each is in one.
    expect(inTrays).toEqual(all);
  });

  it.each(['otherTeam', 'noTeam', 'foreignAgent', 'foreignAdmin'] as const)('%s finds nothing of a team they may not see, like of none', async (caller) => {
    for (const teamId of [world.north.teams.ventas, randomUUID()]) {
      for (const status of statuses) expect(await listed(world, caller, { teamId, status })).toEqual([]);
    }
  });

  it.each(insiders)('%s was told live of each entry of what they may see, once, in order, and of nothing else', async (caller) => {
    expect(toldTo(world, caller)).toEqual((await entriesFor(world))(caller));
  });

  it('no workspace was told anything of the other', async () => {
    const ids = { north: await idsOf('north'), south: await idsOf('south') };
    for (const caller of insiders) {
      const heard = JSON.stringify(world.callers[caller].heard);
      const [own, other] = isMember(caller) ? (['north', 'south'] as const) : (['south', 'north'] as const);
      expect(ids[own].some((id) => heard.includes(id))).toBe(true);
      expect(ids[other].filter((id) => heard.includes(id))).toEqual([]);
    }
  });

  it('no workspace reads anything of the other', async () => {
    const names = ['GET /tags', 'GET /attributes', 'GET /teams', 'GET /agents', 'GET /channels', 'GET /conversations'] as const;
    const ids = { north: await idsOf('north'), south: await idsOf('south') };
    for (const [reader, other] of [['foreignAdmin', 'north'], ['admin', 'south']] as const) {
      const read = JSON.stringify(await Promise.all(names.map((name) => world.must(reader, name, { limit: 100 }))));
      expect(ids[other].filter((id) => read.includes(id))).toEqual([]);
    }
  });
});

it('nothing of what was refused is anywhere', async () => {
  for (const name of ['GET /tags', 'GET /attributes', 'GET /teams', 'GET /agents', 'GET /channels'] as const) {
    const mine = JSON.stringify(await world.must('admin', name, { limit: 100 }));
    expect({ name, allowed: mine.includes('permitido'), denied: mine.includes(deniedMark) }).toEqual({ name, allowed: true, denied: false });
  }
});

it('what is named of another workspace is answered like what does not exist', async () => {
  expect(await toldApart(world)).toEqual([]);
});

/** Last, for agents who ask this way leave conversations behind that the lists above know nothing of. */
describe('over NATS', () => {
  it('every request has its line', () => {
    expect(requestsWithoutALine()).toEqual([]);
  });

  it.each(allRpcs().map((rpc) => ({ subject: rpc.subject, rpc })))('$subject', async ({ rpc }) => {
    expect(await wronglyAsked(world, rpc)).toEqual([]);
  }, 60_000);
});
