import { claimConversation } from '@relevo/contracts';
import { aMessage, type ApiClient, type ChannelKey, eventually, seedWorkspace, type SeededAgent, startTestSystem, type TestSystem } from '@relevo/testing';
import { memoryStorage, RelevoClient } from '../src/index.js';
import { aClient, freshList, freshTimeline, isLive, shown } from './support/a-client.js';

const patienceMs = 60_000;
const conversations = 3;
const messagesEach = 40;

let system: TestSystem;
let ana: SeededAgent;
let channel: ChannelKey;
let api: ApiClient;
const clients: RelevoClient[] = [];

beforeAll(async () => {
  system = await startTestSystem({ replicas: { gateway: 2 }, env: { SENDS_PER_SECOND: '1000', SENDS_BURST: '1000' } });
  const workspace = await seedWorkspace(system, { agents: { ana: {} }, channels: { shop: {} } });
  ana = workspace.agents.ana;
  channel = workspace.channels.shop;
});

beforeEach(async () => {
  api = await system.login(ana, 2);
});

afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
});

afterAll(() => system?.stop());

async function claimed(): Promise<string> {
  const { conversationId } = await system.receive(channel, aMessage(), 2);
  await api.call(claimConversation, { conversationId });
  return conversationId;
}

const textsOf = async (conversationId: string): Promise<string[]> =>
  (await freshTimeline(api, conversationId)).flatMap(({ type, data, actor }) => ((type === 'message' || type === 'note') && actor.kind === 'agent' && 'text' in data ? [String(data.text)] : []));

it('a gateway killed while messages and notes are sent: each arrives once and in order, and the list is right without a reload', async () => {
  const client = await aClient(system, ana);
  clients.push(client);
  const ids = await Promise.all(Array.from({ length: conversations }, claimed));
  const mine = await shown(client, { tray: 'mine', sort: 'activity' });
  const reasons: string[] = [];
  client.onEvent((event) => event.name === 'resync_required' && reasons.push(event.payload.reason));
  const statuses: string[] = [];
  client.connection.subscribe(() => statuses.push(client.connection.getSnapshot().status));

  const written = new Map(ids.map((id) => [id, Array.from({ length: messagesEach }, (_, index) => `${id} ${index + 1}`)]));
  for (let index = 0; index < messagesEach; index++) {
    for (const id of ids) {
      const text = written.get(id)![index]!;
      if (index % 4 === 3) await client.outbox.note(id, { text });
      else await client.outbox.message(id, { text });
    }
    if (index === messagesEach / 2) {
      // Some are there, some are on their way, some wait: looked at here, where nothing goes on meanwhile.
      await eventually(() => {
        expect(client.outbox.getSnapshot().length).toBeLessThan(ids.length * index);
        expect(client.outbox.getSnapshot().some(({ state }) => state === 'sending')).toBe(true);
      }, patienceMs);
      await system.running.kill('gateway', 1);
    }
  }
  await eventually(() => expect(client.outbox.getSnapshot()).toEqual([]), patienceMs);
  await isLive(client);

  for (const id of ids) expect(await textsOf(id)).toEqual(written.get(id));
  const fresh = await freshList(api, { tray: 'mine', sort: 'activity' });
  await eventually(() => expect(mine()).toEqual(fresh), patienceMs);
  const timeline = client.timeline(ids[0]!);
  await eventually(async () => expect(timeline.getSnapshot().entries.at(-1)).toEqual((await freshTimeline(api, ids[0]!)).at(-1)), patienceMs);
  expect(reasons).toEqual([]);
  expect(statuses).toContain('connecting');
  await system.running.restart('gateway', 1);
});

it('what was written while away survives a reload of the page, and is sent once, in order, each as what it is', async () => {
  const id = await claimed();
  const storage = memoryStorage();
  const before = await aClient(system, ana, { storage });
  clients.push(before);
  await system.running.kill('gateway', 1);
  await system.running.kill('gateway', 2);
  await eventually(() => expect(before.connection.getSnapshot().status).toBe('offline'), patienceMs);
  await before.outbox.message(id, { text: 'first' });
  await before.outbox.note(id, { text: 'for colleagues' });
  await before.outbox.message(id, { text: 'second' });
  const { commandId } = await before.outbox.message(id, { text: 'never mind' });
  expect(await before.outbox.discard(commandId)).toBe(true);
  expect(before.pending(id).getSnapshot().map(({ text, kind, state }) => [text, kind, state])).toEqual([
    ['first', 'message', 'queued'],
    ['for colleagues', 'note', 'queued'],
    ['second', 'message', 'queued'],
  ]);
  before.stop();

  const after = new RelevoClient({ gateways: system.running.gatewayUrls, storage });
  clients.push(after);
  await after.start();
  await eventually(() => expect(after.outbox.getSnapshot()).toHaveLength(3));
  await Promise.all([system.running.restart('gateway', 1), system.running.restart('gateway', 2)]);
  await eventually(() => expect(after.outbox.getSnapshot()).toEqual([]), patienceMs);
  const sent = (await freshTimeline(api, id)).filter(({ actor, type }) => actor.kind === 'agent' && type !== 'assigned');
  expect(sent.map(({ type, data }) => [type, 'text' in data && data.text])).toEqual([
    ['message', 'first'],
    ['note', 'for colleagues'],
    ['message', 'second'],
  ]);
});
