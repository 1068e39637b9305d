import { claimConversation, closeConversation, getCounts, markConversationRead, markConversationUnread, releaseConversation, sendMessage, transferConversation, type TrayCounts } from '@relevo/contracts';
import { aMessage, type AgentSocket, type ApiClient, eventually, seedWorkspace, startTestSystem, type TestSystem, type TestWorkspace } from '@relevo/testing';
import { bounded } from './support/bounded.js';

type Agents = 'ana' | 'beto' | 'suelta' | 'boss';

const names = ['ana', 'beto', 'suelta', 'boss'] as const satisfies readonly Agents[];
const patienceMs = 60_000;

let system: TestSystem;
let workspace: TestWorkspace<'ventas' | 'soporte', Agents, 'general' | 'ventas' | 'bot'>;
let clients: Record<Agents, ApiClient>;
/** Of each agent one at each gateway. */
let sockets: Record<Agents, AgentSocket[]>;

beforeAll(async () => {
  system = await startTestSystem({ replicas: { gateway: 2, conversations: 2 } });
  workspace = await seedWorkspace(system, {
    teams: ['ventas', 'soporte'],
    agents: { ana: { teams: ['ventas'] }, beto: { teams: ['soporte'] }, suelta: {}, boss: { role: 'supervisor' } },
    channels: { general: {}, ventas: { team: 'ventas' }, bot: { bot: true } },
  });
  const signedIn = await Promise.all(names.map(async (name) => [name, await system.login(workspace.agents[name])] as const));
  clients = Object.fromEntries(signedIn) as typeof clients;
  const connected = await Promise.all(signedIn.map(async ([name, client]) => [name, await Promise.all([1, 2].map((gateway) => client.at(system.gatewayUrl(gateway)).connect()))] as const));
  sockets = Object.fromEntries(connected) as typeof sockets;
});

afterAll(async () => {
  for (const socket of Object.values(sockets ?? {}).flat()) socket.close();
  await system?.stop();
});

const asked = async (name: Agents): Promise<TrayCounts> => clients[name].call(getCounts, {});

/** What each socket was told last is what its agent is answered now. */
const agree = (): Promise<void> =>
  eventually(async () => {
    for (const name of names) {
      const now = await asked(name);
      expect(sockets[name].map(({ log }) => log.all('counts.updated').at(-1))).toEqual([now, now]);
    }
  }, patienceMs);

const none: TrayCounts = { unassigned: 0, mine: 0, agents: 0, bot: 0, mineUnread: 0 };

it('who connects is told what their trays hold', async () => {
  await Promise.all(names.flatMap((name) => sockets[name].map(async (socket) => expect(await socket.nextEvent('counts.updated', () => true, patienceMs)).toEqual(none))));
});

it('each command is in what its caller is answered next, and reaches every agent whom it concerns, at both gateways', async () => {
  const { conversationId, seq } = await system.receive(workspace.channels.ventas, aMessage());
  expect(await asked('ana')).toEqual({ ...none, unassigned: 1 });
  await clients.ana.call(claimConversation, { conversationId });
  expect(await asked('ana')).toEqual({ ...none, mine: 1, mineUnread: 1 });
  await clients.ana.call(markConversationRead, { conversationId, upToSeq: seq });
  expect(await asked('ana')).toEqual({ ...none, mine: 1 });
  await clients.ana.call(markConversationUnread, { conversationId });
  expect(await asked('ana')).toEqual({ ...none, mine: 1, mineUnread: 1 });
  await agree();
  expect(await Promise.all((['beto', 'suelta', 'boss'] as const).map(asked))).toEqual([none, none, { ...none, agents: 1 }]);
  await clients.boss.call(transferConversation, { conversationId, agentId: clients.suelta.agentId });
  expect(await asked('suelta')).toEqual({ ...none, mine: 1, mineUnread: 1 });
  await clients.suelta.call(closeConversation, { conversationId });
  expect(await asked('suelta')).toEqual(none);
  await agree();
});

it('after a burst of commands, whatever became of each, what was told last is what is so', async () => {
  const customers = Array.from({ length: 30 }, (_, index) => ({ message: aMessage(), channel: workspace.channels[(['general', 'ventas', 'bot'] as const)[index % 3]!] }));
  const ids = await bounded(customers, async ({ channel, message }) => (await system.receive(channel, message)).conversationId);
  const acts = [
    (by: ApiClient, conversationId: string) => by.call(claimConversation, { conversationId }),
    (by: ApiClient, conversationId: string) => by.call(sendMessage, { conversationId, text: 'va' }),
    (by: ApiClient, conversationId: string) => by.call(releaseConversation, { conversationId }),
    (by: ApiClient, conversationId: string) => by.call(transferConversation, { conversationId, teamId: workspace.teams.soporte }),
    (by: ApiClient, conversationId: string) => by.call(transferConversation, { conversationId, agentId: clients.suelta.agentId }),
    (by: ApiClient, conversationId: string) => by.call(closeConversation, { conversationId }),
  ];
  const plan = Array.from({ length: 240 }, (_, index) => ({ act: acts[(index * 7) % acts.length]!, by: clients[names[(index * 5) % names.length]!], id: ids[(index * 11) % ids.length]!, from: index % 10 === 0 ? customers[(index * 13) % customers.length]! : null }));
  const done = await bounded(plan, async ({ act, by, id, from }): Promise<number> => {
    if (from) await system.receive(from.channel, { ...aMessage(), from: from.message.from });
    return act(by, id).then(() => 1, () => 0);
  });
  expect(done.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(30);
  // Something is in each tray, whatever the burst left there.
  const arrives = async (channel: 'general' | 'bot') => (await system.receive(workspace.channels[channel], aMessage())).conversationId;
  await arrives('general');
  await arrives('bot');
  for (const name of ['boss', 'ana'] as const) await clients[name].call(claimConversation, { conversationId: await arrives('general') });
  await agree();
  const { mine, agents, unassigned, bot } = await asked('boss');
  expect(Math.min(mine, agents, unassigned, bot)).toBeGreaterThan(0);
});
