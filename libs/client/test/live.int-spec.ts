import { updateAgent } from '@relevo/contracts';
import { aMessage, type ChannelKey, eventually, seedWorkspace, type SeededAgent, startTestSystem, type TestSystem } from '@relevo/testing';
import { type ListQuery, memoryStorage, type RelevoClient, RelevoError } from '../src/index.js';
import { aClient, freshList, freshTimeline, isLive, shown } from './support/a-client.js';

const patienceMs = 60_000;
/** Short, so that tokens are renewed within a test; a fifth of it before it ends, which a busy machine takes to renew them. */
const tokenSeconds = 30;

let system: TestSystem;
let agents: Record<'ana' | 'beto' | 'boss' | 'admin', SeededAgent>;
let teams: Record<'ventas' | 'soporte', string>;
let channels: Record<'shop' | 'help' | 'open', ChannelKey>;
const clients: RelevoClient[] = [];

beforeAll(async () => {
  system = await startTestSystem({ replicas: { gateway: 2 }, env: { ACCESS_TOKEN_SECONDS: String(tokenSeconds), SENDS_PER_SECOND: '1000', SENDS_BURST: '1000' } });
  ({ agents, teams, channels } = await seedWorkspace(system, {
    teams: ['ventas', 'soporte'],
    agents: { ana: { teams: ['ventas'] }, beto: { teams: ['ventas', 'soporte'] }, boss: { role: 'supervisor' }, admin: { role: 'admin' } },
    channels: { shop: { team: 'ventas' }, help: { team: 'soporte' }, open: {} },
  }));
});

afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
});

afterAll(() => system?.stop());

async function signedIn(agent: SeededAgent, ...more: [Parameters<typeof aClient>[2]?]): Promise<RelevoClient> {
  const client = await aClient(system, agent, ...more);
  clients.push(client);
  return client;
}

/** Repeatable, unlike `Math.random`. */
function dice(seed: number): <T>(of: readonly T[]) => T {
  let state = seed;
  return (of) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return of[Math.floor((state / 2 ** 31) * of.length)]!;
  };
}

/** Refused for a reason of the product's: another was faster, or it is not theirs. */
const unlessRefused = (task: Promise<unknown>): Promise<unknown> =>
  task.catch((error: unknown) => {
    if (!(error instanceof RelevoError)) throw error;
    expect(['ALREADY_ASSIGNED', 'NOT_ASSIGNEE', 'NOT_FOUND', 'CONVERSATION_CLOSED', 'RULE_VIOLATED', 'TARGET_UNAVAILABLE']).toContain(error.code);
  });

const queries: ListQuery[] = [
  { tray: 'mine', sort: 'activity' },
  { tray: 'unassigned' },
  { tray: 'agents', sort: 'assigned' },
  { status: 'closed', sort: 'activity' },
  { unread: true },
  { status: 'all', sort: 'activity' },
];

it('whatever agents and customers do at once, everybody’s lists and timelines are what a fresh load shows, without a reload', async () => {
  const people = { ana: await signedIn(agents.ana), beto: await signedIn(agents.beto), boss: await signedIn(agents.boss) };
  const names = ['ana', 'beto', 'boss'] as const;
  const lists = await Promise.all(names.flatMap((name) => queries.map(async (query) => ({ name, query, rows: await shown(people[name], query) }))));
  const reasons: string[] = [];
  for (const client of Object.values(people)) client.onEvent((event) => event.name === 'resync_required' && reasons.push(event.payload.reason));

  const from = Array.from({ length: 8 }, (_, index) => `customer ${index}`);
  const ids: string[] = [];
  const one = dice(7);
  const write = async (): Promise<void> => {
    const { conversationId } = await system.receive(one(Object.values(channels)), aMessage({ from: one(from) }), one([1, 2]));
    ids.push(conversationId);
  };
  for (let count = 0; count < 8; count++) await write();
  const acts: ((client: RelevoClient, id: string) => Promise<unknown>)[] = [
    (client, id) => client.commands.claim(id),
    (client, id) => client.commands.claim(id),
    (client, id) => client.commands.release(id),
    (client, id) => client.commands.markUnread(id),
    (client, id) => client.commands.read(id, 1_000),
    (client, id) => client.commands.transfer(id, { agentId: one([agents.ana.id, agents.beto.id]), force: true }),
    (client, id) => client.commands.transfer(id, { teamId: one(Object.values(teams)) }),
    (client, id) => client.commands.close(id),
    (client, id) => client.commands.undo(id),
    (client, id) => client.command('POST /conversations/:conversationId/messages', { conversationId: id, text: 'Hola' }),
    (client, id) => client.command('POST /conversations/:conversationId/notes', { conversationId: id, text: 'Ojo' }),
    () => write(),
    () => write(),
  ];
  const work = async (name: (typeof names)[number]): Promise<void> => {
    for (let count = 0; count < 40; count++) await unlessRefused(one(acts)(people[name], one(ids)));
  };
  const opened = names.map((name) => people[name].timeline(ids[0]!));
  await Promise.all(names.map(work));

  await Promise.all(Object.values(people).map(isLive));
  for (const name of names) {
    for (const { query, rows } of lists.filter((list) => list.name === name)) {
      const fresh = await freshList(await system.login(agents[name]), query);
      await eventually(() => expect({ name, query, rows: rows() }).toEqual({ name, query, rows: fresh }), patienceMs);
    }
  }
  const all = await freshTimeline(await system.login(agents.boss), ids[0]!);
  await eventually(() => expect(opened[2]!.getSnapshot().entries.at(-1)).toEqual(all.at(-1)), patienceMs);
  expect(opened[2]!.getSnapshot().entries).toEqual(all.slice(-opened[2]!.getSnapshot().entries.length));
  expect(reasons).toEqual([]);
});

it('an agent’s change of teams changes what they see at once', async () => {
  const ana = await signedIn(agents.ana);
  const { conversationId } = await system.receive(channels.help, aMessage());
  const rows = await shown(ana, { tray: 'unassigned', teamId: teams.soporte });
  expect(rows()).toEqual([]);
  const move = async (...teamIds: string[]) => (await system.login(agents.admin)).call(updateAgent, { agentId: agents.ana.id, teamIds });
  await move(teams.ventas, teams.soporte);
  await eventually(() => expect(rows().map(({ id }) => id)).toContain(conversationId), patienceMs);
  await move(teams.ventas);
  await eventually(() => expect(rows()).toEqual([]), patienceMs);
});

it('a reply that another has overtaken is not sent, shows what was missed, and is sent when the writer has seen it', async () => {
  const [ana, boss] = [await signedIn(agents.ana), await signedIn(agents.boss)];
  const { conversationId, seq } = await system.receive(channels.open, aMessage());
  await ana.commands.claim(conversationId);
  await boss.outbox.message(conversationId, { text: 'I was faster' });
  await eventually(() => expect(boss.outbox.getSnapshot()).toEqual([]), patienceMs);
  const { commandId } = await ana.outbox.message(conversationId, { text: 'My answer', seenSeq: seq });
  const pending = ana.pending(conversationId);
  await eventually(() => expect(pending.getSnapshot()).toMatchObject([{ state: 'refused', refusal: { code: 'REPLY_OVERTAKEN' } }]), patienceMs);
  const missed = pending.getSnapshot()[0]!.refusal!.details!.entries as { seq: number; data: { text?: string } }[];
  expect(missed.map(({ data }) => data.text)).toContain('I was faster');

  await ana.outbox.retry(commandId, { seenSeq: missed.at(-1)!.seq });
  const { subscribe, getSnapshot } = ana.timeline(conversationId);
  subscribe(() => undefined);
  await eventually(() => expect(getSnapshot().entries.at(-1)).toMatchObject({ type: 'message', data: { text: 'My answer' } }), patienceMs);
  await eventually(() => expect(pending.getSnapshot()).toEqual([]), patienceMs);
});

it('two tabs of one sign-in stay signed in and live while tokens expire, by a session that is renewed by turns', async () => {
  const storage = memoryStorage();
  const tabs = [await signedIn(agents.beto, { storage }), await signedIn(agents.beto, { storage })];
  const statuses = tabs.map((tab) => {
    const seen = new Set<string>();
    tab.connection.subscribe(() => seen.add(tab.connection.getSnapshot().status));
    return seen;
  });
  const tokens = new Set<string>();
  const renewed = async (): Promise<void> => {
    for (const tab of tabs) tokens.add(await tab.session.token());
    // Renewed by the one and by the other.
    expect(tokens.size).toBeGreaterThanOrEqual(3);
  };
  await eventually(renewed, 240_000);
  for (const tab of tabs) expect((await tab.ask('GET /agents', {})).items.length).toBeGreaterThan(0);
  expect(statuses.map((seen) => [...seen].filter((status) => status !== 'live'))).toEqual([[], []]);
  await tabs[0]!.logout();
  expect(tabs[0]!.session.state.getSnapshot()).toMatchObject({ status: 'signed-out' });
});

it('who writes, who is there and what an agent chose for themselves is told live', async () => {
  const [ana, beto] = [await signedIn(agents.ana), await signedIn(agents.beto)];
  const { conversationId } = await system.receive(channels.shop, aMessage());
  const writers = beto.typing.of(conversationId);
  ana.typing.writing(conversationId);
  await eventually(() => expect(writers.getSnapshot()).toMatchObject([{ kind: 'agent', id: agents.ana.id }]), patienceMs);
  ana.typing.leftOff();
  await eventually(() => expect(writers.getSnapshot()).toEqual([]), patienceMs);
  await ana.own.setStatus('away');
  await eventually(() => expect(beto.directory.agents.getSnapshot().get(agents.ana.id)).toMatchObject({ status: 'away' }), patienceMs);
  await ana.own.setStatus('online');
  const other = await signedIn(agents.ana);
  await ana.own.changeSettings({ locale: 'pt' });
  expect(ana.directory.settings.getSnapshot()).toMatchObject({ locale: 'pt' });
  await eventually(() => expect(other.directory.settings.getSnapshot()).toMatchObject({ locale: 'pt' }), patienceMs);
});

it('what one corrects of a customer is pointed out to the others and not to them, and of two who correct the same one sees both values', async () => {
  const [ana, beto] = [await signedIn(agents.ana), await signedIn(agents.beto)];
  const { conversationId } = await system.receive(channels.shop, aMessage());
  const { customer } = await ana.ask('GET /conversations/:conversationId', { conversationId });
  const [hers, his] = [ana.customer(customer.id), beto.customer(customer.id)];
  await eventually(() => expect([hers, his].map((store) => store.getSnapshot().isLoading)).toEqual([false, false]), patienceMs);
  const { version } = hers.getSnapshot().customer!;

  const edited = await ana.customerCommands.update(customer.id, { set: { city: 'Salta' }, version });
  await eventually(() => expect(his.getSnapshot()).toMatchObject({ customer: edited, changed: ['attributes.city'] }), patienceMs);
  await ana.customerCommands.take(customer.id, agents.ana.id);
  await eventually(() => expect(his.getSnapshot().changed).toEqual(['attributes.city', 'affinityAgentId']), patienceMs);
  expect(hers.getSnapshot()).toMatchObject({ customer: { attributes: { city: { value: 'Salta', by: agents.ana.id } }, affinityAgentId: agents.ana.id }, changed: [] });

  const refused = beto.customerCommands.update(customer.id, { set: { city: 'Jujuy' }, version });
  await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', details: { fields: [{ field: 'attributes.city', yours: 'Jujuy', theirs: 'Salta' }] } });

  const history = beto.customerHistory(customer.id);
  history.subscribe(() => undefined);
  await eventually(() => expect(history.getSnapshot().entries.map(({ type }) => type)).toEqual(['customer-affinity-changed', 'customer-edited', 'customer-created']), patienceMs);
  await beto.customerCommands.revert(customer.id, history.getSnapshot().entries[1]!);
  await eventually(() => expect(history.getSnapshot().entries[0]).toMatchObject({ type: 'customer-edited', changes: [{ field: 'attributes.city', from: 'Salta', to: null }] }), patienceMs);
  await eventually(() => expect(hers.getSnapshot().changed).toEqual(['attributes.city']), patienceMs);
});
