import { addNote, claimConversation, listConversations, updateAgent, updateTeam } from '@relevo/contracts';
import { aMessage, type AgentSocket, type ApiClient, seedWorkspace, startTestSystem, type TestSystem, type TestWorkspace } from '@relevo/testing';

let system: TestSystem;
let workspace: TestWorkspace<'sales' | 'support', 'boss' | 'ana', 'sales' | 'support'>;
let boss: ApiClient;
let ana: ApiClient;

beforeAll(async () => {
  system = await startTestSystem({ replicas: 2 });
  workspace = await seedWorkspace(system, {
    teams: ['sales', 'support'],
    agents: { boss: { role: 'admin' }, ana: { teams: ['sales'] } },
    channels: { sales: { team: 'sales' }, support: { team: 'support' } },
  });
  boss = await system.login(workspace.agents.boss, 1);
  ana = await system.login(workspace.agents.ana, 2);
});

afterAll(() => system?.stop());

const entryOf = (socket: AgentSocket, conversationId: string) => socket.nextEvent('timeline.entry', (event) => event.conversationId === conversationId);

it('another team: the rooms follow, the agent is told to reload, and sees what they now may and nothing else', async () => {
  const { sales, support } = workspace.channels;
  const socket = await ana.connect();
  const before = await system.receive(sales, aMessage());
  await entryOf(socket, before.conversationId);

  expect(await boss.call(updateAgent, { agentId: ana.agentId, teamIds: [workspace.teams.support] })).toMatchObject({ teamIds: [workspace.teams.support] });
  await socket.nextEvent('agent.updated', ({ agent }) => agent.id === ana.agentId && agent.teamIds.includes(workspace.teams.support));
  expect(await socket.nextEvent('resync_required')).toEqual({ reason: 'sight-changed' });

  const hidden = await system.receive(sales, aMessage());
  const shown = await system.receive(support, aMessage());
  const first = await socket.nextEvent('timeline.entry', ({ conversationId }) => [hidden, shown].some((one) => one.conversationId === conversationId));
  expect(first.conversationId).toBe(shown.conversationId);
  const { items } = await ana.call(listConversations, { tray: 'unassigned' });
  expect(items.map(({ id }) => id)).toEqual([shown.conversationId]);
  await expect(ana.call(claimConversation, { conversationId: hidden.conversationId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  socket.close();
});

it('a supervisor: sees all at once; a team’s new name is told to all', async () => {
  const socket = await ana.connect();
  await boss.call(updateAgent, { agentId: ana.agentId, role: 'supervisor' });
  expect(await socket.nextEvent('resync_required')).toEqual({ reason: 'sight-changed' });
  const sold = await system.receive(workspace.channels.sales, aMessage());
  await entryOf(socket, sold.conversationId);
  await ana.call(claimConversation, { conversationId: sold.conversationId });
  await boss.call(addNote, { conversationId: sold.conversationId, text: 'ojo' });
  await boss.call(updateTeam, { teamId: workspace.teams.sales, name: 'Ventas' });
  expect(await socket.nextEvent('team.updated', ({ team }) => team.id === workspace.teams.sales)).toMatchObject({ team: { name: 'Ventas' } });
  socket.close();
});

it('deactivated: cut on the other gateway, refused everywhere; the last admin cannot be', async () => {
  const socket = await ana.connect();
  const cut = new Promise<void>((resolve) => socket.onEnd(resolve));
  await boss.call(updateAgent, { agentId: ana.agentId, active: false });
  await cut;
  await expect(ana.me()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(ana.refresh()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(system.login(workspace.agents.ana)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(boss.call(updateAgent, { agentId: boss.agentId, active: false })).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
  await boss.call(updateAgent, { agentId: ana.agentId, active: true });
  await expect(system.login(workspace.agents.ana)).resolves.toMatchObject({ agentId: ana.agentId });
});
