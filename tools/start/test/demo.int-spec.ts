import { getTimeline, listConversations, type ListTray, listTags } from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { ApiClient, type RunningSystem, startSystem } from '../src/index.js';
import { isInPlace, seedDemo } from '../src/demo/demo.js';

let stack: Stack;
let system: RunningSystem;
beforeAll(async () => {
  stack = await startStack({ ephemeral: true, natsSilenceSeconds: 20 });
  system = await startSystem({ stack, databasePrefix: 'demo', env: { LOG_LEVEL: 'warn', OUTAGE_MS: '15000', REQUEST_TIMEOUT_MS: '30000' } });
});
afterAll(async () => {
  await system?.stop();
  await stack?.stop();
});

const seed = () => seedDemo({ natsUrl: stack.nats.urlFor('operator'), gatewayUrls: system.gatewayUrls, passwordOf: (email) => `secret of ${email}` });

async function idsIn(client: ApiClient, tray: ListTray, status: 'active' | 'closed' = 'active'): Promise<string[]> {
  return (await client.call(listConversations, { tray, status, limit: 100 })).items.map(({ id }) => id);
}

it('is seeded once, however often', async () => {
  const demo = await seed();
  const gatewayUrl = system.gatewayUrls[0]!;
  const supervisor = await ApiClient.login(gatewayUrl, demo.agents.find(({ role }) => role === 'supervisor')!);

  const counts = await Promise.all([idsIn(supervisor, 'bot'), idsIn(supervisor, 'unassigned'), idsIn(supervisor, 'mine'), idsIn(supervisor, 'agents'), idsIn(supervisor, 'all', 'closed')]);
  expect(counts.map((ids) => ids.length)).toEqual([6, 15, 1, 12, 6]);
  await expect(supervisor.call(listTags, {})).resolves.toMatchObject({ items: { length: 6 } });
  const all = counts.flat();
  const lengths = await Promise.all(all.map(async (conversationId) => (await supervisor.call(getTimeline, { conversationId, limit: 100 })).items.length));

  await expect(seed()).resolves.toEqual(demo);
  const again = await Promise.all(all.map(async (conversationId) => (await supervisor.call(getTimeline, { conversationId, limit: 100 })).items.length));
  expect(again).toEqual(lengths);
  expect((await idsIn(supervisor, 'all')).length + (await idsIn(supervisor, 'all', 'closed')).length).toBe(40);

  const stranger = await ApiClient.login(gatewayUrl, demo.workspaces[1]!.agents[0]!);
  await expect(idsIn(stranger, 'all')).resolves.toEqual([]);

  await expect(isInPlace(gatewayUrl, demo)).resolves.toBe(true);
  const elsewhere = { ...demo, workspaces: [{ ...demo.workspaces[0]!, agents: [{ ...demo.agents[0]!, password: 'another' }] }] };
  await expect(isInPlace(gatewayUrl, elsewhere)).resolves.toBe(false);
});
