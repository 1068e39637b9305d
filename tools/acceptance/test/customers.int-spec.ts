import { addNote, closeConversation, getConversation, getCustomer, getTimeline, mergeCustomer, updateCustomer } from '@relevo/contracts';
import { aMessage, type ApiClient, eventually, seedWorkspace, startTestSystem, type TestSystem, type TestWorkspace } from '@relevo/testing';

/** Two replicas of every service; each agent at a gateway of their own. */
let system: TestSystem;
let workspace: TestWorkspace<never, 'ana' | 'boss', 'shop'>;
let ana: ApiClient;
let boss: ApiClient;

const patienceMs = 60_000;

beforeAll(async () => {
  system = await startTestSystem({ replicas: 2 });
  workspace = await seedWorkspace(system, { agents: { ana: {}, boss: { role: 'supervisor' } }, channels: { shop: {} } });
  ana = await system.login(workspace.agents.ana, 1);
  boss = await system.login(workspace.agents.boss, 2);
});

afterAll(() => system?.stop());

let count = 0;
const anExternalId = (): string => `+54966${++count}`;
const writes = async (externalId: string): Promise<string> => (await system.receive(workspace.channels.shop, aMessage({ from: externalId }))).conversationId;
const conversation = (conversationId: string) => boss.call(getConversation, { conversationId });

it('a name corrected by an agent is seen by all agents at once, in the conversation too', async () => {
  const conversationId = await writes(anExternalId());
  const live = await boss.connect();
  const { customer } = await conversation(conversationId);
  const { version } = await ana.call(getCustomer, { customerId: customer.id });
  await ana.call(updateCustomer, { customerId: customer.id, name: 'Lucía Sosa', version });
  const told = await live.nextEvent('timeline.entry', ({ entry }) => entry.conversationId === conversationId && entry.type === 'customer-changed');
  expect(told).toMatchObject({ entry: { visibility: 'internal' }, conversation: { customer: { id: customer.id, name: 'Lucía Sosa' } } });
  expect((await conversation(conversationId)).customer.name).toBe('Lucía Sosa');
  live.close();
});

it('conversations killed while 60 conversations follow a merge and a new name: all arrive, none twice', async () => {
  const [one, other] = [anExternalId(), anExternalId()];
  const ids: string[] = [];
  for (let index = 0; index < 60; index += 1) {
    const id = await writes(index % 2 === 0 ? one : other);
    await boss.call(closeConversation, { conversationId: id });
    ids.push(id);
  }
  const [source, target] = await Promise.all(ids.slice(0, 2).map(async (id) => (await conversation(id)).customer.id));
  await ana.call(mergeCustomer, { customerId: source!, intoId: target! });
  const { version } = await ana.call(getCustomer, { customerId: target! });
  await ana.call(updateCustomer, { customerId: target!, name: 'Lucía Sosa', version });
  for (const replica of [1, 2]) {
    await system.running.kill('conversations', replica);
    await system.running.restart('conversations', replica);
  }
  for (const id of ids) await eventually(async () => expect((await conversation(id)).customer).toEqual({ id: target, name: 'Lucía Sosa' }), patienceMs);
  for (const id of ids) {
    const { items } = await boss.call(getTimeline, { conversationId: id, limit: 100 });
    const changes = items.filter(({ type }) => type === 'customer-changed').map(({ data }) => JSON.stringify(data));
    expect(new Set(changes).size).toBe(changes.length);
  }
  await expect(ana.call(addNote, { conversationId: ids[0]!, text: 'x' })).rejects.toMatchObject({ code: 'CONVERSATION_CLOSED' });
  expect(await system.deadLetters.count()).toBe(0);
});
