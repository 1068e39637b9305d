import { agentSocketEvents, gatewayRoutes, nameOf, operations } from '@relevo/contracts';
import { Caller, handshake } from './support/access/caller.js';
import { World } from './support/access/world.js';
import { type Exchange, type Outcome, overHttp } from './support/answer.js';
import { attemptsOn, wronglyAnswered } from './support/input/attack.js';
import { outOfOrder } from './support/input/order.js';
import { storedIn } from './support/input/stored.js';
import { type Sample, samplesOf, type Target, targetsOf } from './support/input/targets.js';

/**
 * Bad input on every route and event. What is sent is made from each request's own contract: every field missing, of
 * every wrong type, too long, an operator; and what no contract has.
 */
let world: World;
let targets: Map<string, Target>;
let samples: Sample[];
let before: { stored: Record<string, number>; pids: unknown; at: number };

const isCode = (expected: string): boolean => /^[A-Z_]+$/.test(expected);
const asAdmin = (exchange: Exchange): Promise<Outcome> => overHttp(world.url, { ...exchange, token: world.callers.admin.token! });
const pids = () => world.system.running.processes.map(({ service, pid }) => ({ service, pid }));

beforeAll(async () => {
  world = await World.start();
  samples = await samplesOf(world);
  targets = new Map(targetsOf(world, samples).map((target) => [target.name, target]));
  before = { stored: await storedIn(world.system.stack.database.url), pids: pids(), at: Date.now() };
});

afterAll(() => world?.stop());

const names = [...operations.map(nameOf), ...gatewayRoutes.filter(({ request }) => request).map(({ method, path }) => `${method} ${path}`), ...agentSocketEvents.keys()];

it.each(names)('%s refuses it, naming the field', async (name) => {
  const target = targets.get(name)!;
  expect(attemptsOn(target).length).toBeGreaterThan(3);
  expect(await wronglyAnswered(target)).toEqual([]);
});

it.each(['%', '%zz', '%ed%a0%80', '%00', 'a%20b', 'a%2Fb', '%2A', '%24ne', 'x'.repeat(65)])('/v1/conversations/%s is no id', async (id) => {
  for (const path of [`/v1/conversations/${id}`, `/v1/customers/${id}`]) expect(await asAdmin({ method: 'GET', path })).toMatchObject({ code: 'VALIDATION_FAILED', status: 400 });
});

it.each(['short', 'with blanks in it', 'a,b,c,d,e,f', '{"$ne":null}', 'x'.repeat(65), '../../../etc'])('%j is no Idempotency-Key', async (key) => {
  const claim = await asAdmin({ method: 'POST', path: '/v1/conversations/x/claim', headers: { 'idempotency-key': key } });
  expect(claim).toMatchObject({ code: 'VALIDATION_FAILED', status: 400, body: { errors: [{ path: 'commandId' }] } });
});

/** Frames as no client of Socket.IO sends them. */
it.each([
  ['an event 50,000 levels deep', `2/agent,1["conversation.list",${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}]`],
  ['half of an event', '2/agent,1["conversation.list",{'],
  ['an event without a name', '2/agent,1[]'],
  ['an object for a name', '2/agent,1[{"$ne":null},{}]'],
  ['an acknowledgement of nothing', '3/agent,99[]'],
  ['a binary event without its bytes', '52-/agent,1["conversation.list",{"_placeholder":true,"num":9}]'],
  ['more attachments than anybody has', '5999999999-/agent,1["conversation.list"]'],
  ['a namespace that is none', '0/admin,{}'],
  ['a prototype for a namespace', '0/__proto__,{}'],
  ['no packet', 'x'],
])('a socket that sends %s harms nobody else', async (_, frame) => {
  const { token } = world.callers.admin;
  const loud = new Caller(world.url, token);
  await loud.connect();
  loud.raw(frame);
  // It may be cut for that, or not; the next to come is let in and answered.
  expect(await handshake(world.url, { token })).toBe('ready');
  expect(await world.callers.admin.emit('conversation.list', {})).toMatchObject({ code: 'ok' });
  loud.close();
});

it('nothing was stored, and nobody died of it', async () => {
  expect(await storedIn(world.system.stack.database.url)).toEqual(before.stored);
  expect(pids()).toEqual(before.pids);
  for (const probe of ['/healthz', '/readyz']) expect((await fetch(`${world.url}${probe}`)).status).toBe(200);
});

it('nothing unexpected was logged', () => {
  const lines = world.system.running.processes.flatMap(({ service }) => world.system.running.logs(service));
  // What was said while the parts came up, and waited for each other, is not about what they were sent.
  const since = lines.filter((line) => Number(/"time":(\d+)/.exec(line)?.[1] ?? Infinity) >= before.at);
  const errors = since.filter((line) => /"level":(?:50|60|"error"|"fatal")|INTERNAL/.test(line));
  expect(errors).toEqual([]);
});

it('the same bodies unspoilt are taken', async () => {
  const answers = samples.map(async ({ operation, fields, expected }) => {
    const { code } = await world.ask('admin', nameOf(operation), fields);
    // What a rule of its own refuses has come past all checks of its form, too.
    return { name: nameOf(operation), came: code === 'ok' ? 'past' : code, expected: isCode(expected) ? expected : 'past' };
  });
  expect((await Promise.all(answers)).filter(({ came, expected }) => came !== expected)).toEqual([]);
});

it('whatever a text may hold is kept as it was sent', async () => {
  const conversationId = await world.opened('general');
  for (const text of ['a\u0000b', '{"$ne": null}', '__proto__', "'; DROP TABLE x; --", '\u202e\ufeff\uffff', '<script>', '👩🏽‍🚀'.repeat(500)]) {
    const { entry } = (await world.must('admin', 'POST /conversations/:conversationId/notes', { conversationId, text })) as { entry: { seq: number } };
    const { items } = (await world.must('admin', 'GET /conversations/:conversationId/timeline', { conversationId, after: entry.seq - 1 })) as { items: { data: object }[] };
    expect(items.map(({ data }) => data)).toEqual([{ text, mentions: [] }]);
  }
});

it('of several reasons to refuse a request, the first in the contract’s order is told', async () => {
  expect(await outOfOrder(world)).toEqual([]);
});

it('an unsigned webhook is that first of all', async () => {
  for (const route of ['inbound', 'statuses']) {
    const path = `/v1/channels/${world.north.channels.general.id}/${route}`;
    for (const body of ['{', '{}', JSON.stringify(targets.get(`POST /v1/channels/:channelId/${route}`)!.base)]) {
      expect(await overHttp(world.url, { method: 'POST', path, body })).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    }
  }
});
