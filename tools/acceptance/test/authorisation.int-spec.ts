import { randomUUID } from 'node:crypto';
import { agentSocketEvents, allRpcs, nameOf, operations, statuses, widgetSocketEvents } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import { handshake } from './support/access/caller.js';
import { deniedMark, eventAsked, operationAsked, rowsOf, type Row, wrong } from './support/access/matrix.js';
import { toldApart } from './support/access/references.js';
import { requestsWithoutALine } from './support/access/askers.js';
import { wronglyAsked } from './support/access/requests.js';
import { eventRules, rules } from './support/access/rules.js';
import { allIsTold, entriesFor, insiders, listed, listsOf, toldTo, visibleTo } from './support/access/visibility.js';
import { agentsOnly, knock, usurping, Visitors } from './support/access/visitors.js';
import { callerNames, isMember, World } from './support/access/world.js';

/**
 * Who may do what: every operation, asked over REST and the socket by everybody there is. The rows are made from the
 * registry and `rules`; both whoever is refused and whoever is served are asked, for a refusal of what never works
 * proves nothing.
 */
let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterAll(() => world?.stop());

describe.each(operations.map((operation) => ({ name: nameOf(operation), operation })))('$name', ({ name, operation }) => {
  const rows: Row[] = [];

  it('answers each caller as its rule says', async () => {
    for (const subject of rules[name].subjects) rows.push(...(await rowsOf(world, operationAsked(operation), subject)));
    expect(wrong(rows)).toEqual([]);
  });

  it('was asked by everybody, and served somebody, every way there is', () => {
    expect(new Set(rows.map(({ caller }) => caller))).toEqual(new Set(callerNames));
    for (const transport of operation.event === undefined ? (['REST'] as const) : (['REST', 'socket'] as const)) {
      expect(rows.some((row) => row.transport === transport && /^(ok|made)$/.test(row.got))).toBe(true);
    }
  });
});

describe('over a socket alone', () => {
  const operationEvents = new Set(operations.map(({ event }) => event));

  it('every event that is no operation’s has its line', () => {
    const others = [...agentSocketEvents.keys()].filter((event) => !operationEvents.has(event) && event !== 'auth.refresh');
    expect(Object.keys(eventRules).toSorted()).toEqual(others.toSorted());
  });

  it.each(Object.entries(eventRules))('%s answers each caller as its rule says', async (event, subjects) => {
    const rows: Row[] = [];
    for (const subject of subjects) rows.push(...(await rowsOf(world, eventAsked(event), subject)));
    expect(wrong(rows)).toEqual([]);
    expect(new Set(rows.map(({ caller }) => caller))).toEqual(new Set(insiders));
    expect(rows.some(({ got }) => got === 'ok')).toBe(true);
  });

  it('auth.refresh takes a token of the same agent, and nobody else’s', async () => {
    const others = insiders.filter((caller) => caller !== 'colleague');
    for (const caller of others) expect(await world.callers.colleague.emit('auth.refresh', { token: world.callers[caller].token })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await world.callers.colleague.emit('auth.refresh', { token: world.callers.colleague.token })).toMatchObject({ code: 'ok' });
  });

  it.each(['nobody', 'revoked', 'expired'] as const)('%s has no socket to ask over', async (caller) => {
    const { token } = world.callers[caller];
    expect(await handshake(world.url, token === undefined ? {} : { token })).toBe('UNAUTHENTICATED');
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
  });

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

  it.each(insiders)('%s was told who writes and who looks in what they may see, and in nothing else', (caller) => {
    const seen = new Set(visibleTo(caller, world));
    const told = world.callers[caller].heard.filter(({ event }) => event === 'typing' || event === 'viewing');
    expect(told.filter(({ payload }) => !seen.has(payload.conversationId!))).toEqual([]);
    const events = new Set(told.map(({ event }) => event));
    expect(events).toEqual(isMember(caller) ? new Set(['typing', 'viewing']) : new Set());
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
  });
});

/** A visitor's conversation, answered and written to, while others ask for it in every way there is. */
describe('of a visitor', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come(world);
  });

  afterAll(() => visitors?.close());

  const kinds = ['of the same channel', 'of another channel', 'of another workspace'] as const;

  it('nobody else is let in', async () => {
    const answers = await Promise.all(Object.entries(visitors.strangers()).map(async ([what, auth]) => [what, await knock(world.url, auth)]));
    expect(answers).toEqual(Object.keys(visitors.strangers()).map((what) => [what, 'UNAUTHENTICATED']));
    expect(await knock(world.url, { channelId: world.north.channels.web.id, visitorToken: visitors.owner.ready.visitorToken })).toBe('ready');
  });

  it.each(kinds)('a visitor %s finds and changes nothing', async (kind) => {
    const { owner, conversationId, attachmentId } = visitors;
    const other = visitors.others[kind];
    const asked = new Set<string>();
    for (const [event, body] of usurping(visitors)) {
      expect({ event, body, ack: await other.ask(event, body) }).toMatchObject({ ack: { ok: false, error: { code: 'VALIDATION_FAILED' } } });
      asked.add(event);
    }
    expect(asked).toEqual(new Set(Object.keys(widgetSocketEvents)));
    for (const before of ['1.9', '2.9999999999']) expect(await other.ask('history', { before })).toEqual({ ok: true, data: { items: [], nextCursor: null } });
    const sends = async (id: string) => other.ask('message.send', { commandId: randomUUID(), attachmentIds: [id] });
    const [theirs, none] = [await sends(attachmentId), await sends(randomUUID())];
    expect(theirs).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect({ ...theirs, error: null }).toEqual({ ...none, error: null });
    for (const path of ['', '/thumbnail', '/link']) {
      const read = async (id: string) => (await fetch(`${world.url}/v1/widget/attachments/${id}${path}`, { headers: { authorization: `Bearer ${other.ready.visitorToken}` } })).status;
      expect([await read(attachmentId), await read(randomUUID())]).toEqual([404, 404]);
    }
    expect((await other.writes('lo otro')).conversationId).not.toBe(conversationId);
    expect(await other.ask('typing', {})).toMatchObject({ ok: true });
    await world.must('admin', 'POST /conversations/:conversationId/messages', { conversationId, text: `para otro: ${kind}` });
    await world.must('admin', 'POST /conversations/:conversationId/notes', { conversationId, text: 'permitido', mentions: [] });
    await owner.writes(`después: ${kind}`);
    await eventually(() => expect(owner.told.at(-1)?.data.text).toBe(`después: ${kind}`));
    // What follows of their own has come, so all that was before it would have.
    const mine = await other.writes('nada más');
    await eventually(() => expect(other.told.at(-1)).toMatchObject({ seq: mine.seq }));
    expect(other.received).not.toContain(conversationId);
    expect(world.callers.admin.heard.filter(({ event, payload }) => event === 'typing' && payload.conversationId === conversationId)).toEqual([]);
  });

  it.each(agentsOnly)('%s is nothing that a visitor asks', async (event) => {
    expect(await visitors.owner.ask(event, { conversationId: visitors.conversationId })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  it('a token opens nothing of agents, and an agent’s nothing of visitors', async () => {
    const { visitorToken } = visitors.owner.ready;
    expect(await handshake(world.url, { token: visitorToken })).toBe('UNAUTHENTICATED');
    const status = async (path: string, token: string) => (await fetch(`${world.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
    const agents = ['/v1/me', '/v1/conversations', `/v1/conversations/${visitors.conversationId}`, `/v1/attachments/${visitors.attachmentId}`];
    expect(await Promise.all(agents.map((path) => status(path, visitorToken)))).toEqual(agents.map(() => 401));
    expect(await status(`/v1/widget/attachments/${visitors.attachmentId}`, world.callers.admin.token!)).toBe(401);
    expect(await status(`/v1/attachments/${visitors.attachmentId}`, world.callers.admin.token!)).toBe(404);
  });
});
