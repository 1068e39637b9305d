import { addNote, AppError, claimConversation, closeConversation, getTimeline, listConversations, sendMessage } from '@relevo/contracts';
import { aMessage, eventually, seedWorkspace, startTestSystem, type TestSystem } from '../src/index.js';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ replicas: { gateway: 2 } });
});
afterAll(() => system?.stop());

const aShop = () => seedWorkspace(system, { teams: ['sales'], agents: { ana: { teams: ['sales'] }, bruno: {} }, channels: { shop: {}, sales: { team: 'sales' } } });

it('carries a conversation from its first message to its close, live at another gateway', async () => {
  const { agents, channels } = await aShop();
  const ana = await system.login(agents.ana);
  const elsewhere = await (await system.login(agents.bruno, 2)).connect();
  const { conversationId, seq } = await system.receive(channels.shop, aMessage({ text: '¿Abren hoy?' }));
  await expect(elsewhere.nextEvent('timeline.entry', (event) => event.seq === seq)).resolves.toMatchObject({ conversationId, entry: { data: { text: '¿Abren hoy?' } } });

  await ana.call(claimConversation, { conversationId });
  await ana.call(sendMessage, { conversationId, text: 'Sí, hasta las 19.' });
  await ana.call(addNote, { conversationId, text: 'Pregunta por el horario.' });
  const closed = await ana.call(closeConversation, { conversationId });
  await expect(elsewhere.nextEvent('timeline.entry', ({ entry }) => entry.type === 'closed')).resolves.toMatchObject({ seq: closed.conversation.seq });

  const { items } = await ana.call(getTimeline, { conversationId });
  expect(items.map((entry) => [entry.seq, entry.type])).toEqual([
    [1, 'opened'],
    [2, 'message'],
    [3, 'assigned'],
    [4, 'message'],
    [5, 'note'],
    [6, 'closed'],
  ]);
  elsewhere.close();
});

it('asks over a socket what it asks over REST, and meets the same refusals', async () => {
  const { agents, channels } = await aShop();
  const [ana, bruno] = await Promise.all([system.login(agents.ana), system.login(agents.bruno)]);
  const socket = await bruno.connect();
  const { conversationId } = await system.receive(channels.shop, aMessage());
  await ana.call(claimConversation, { conversationId });
  for (const refused of [socket.ask(claimConversation, { conversationId }), bruno.call(claimConversation, { conversationId })]) {
    const error: unknown = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'ALREADY_ASSIGNED', details: { assigneeId: agents.ana.id } });
  }
  socket.close();
});

it('waits for what holds later', async () => {
  const { agents, channels } = await aShop();
  const bruno = await system.login(agents.bruno);
  const [mine, hidden] = await Promise.all([system.receive(channels.shop, aMessage()), system.receive(channels.sales, aMessage())]);
  const { items } = await eventually(async () => {
    const page = await bruno.call(listConversations, { tray: 'unassigned' });
    expect(page.items).toHaveLength(1);
    return page;
  });
  expect(items[0]?.id).toBe(mine.conversationId);
  expect(items[0]?.id).not.toBe(hidden.conversationId);
});

it('says what a refused handshake was refused with', async () => {
  const { agents } = await aShop();
  const ana = await system.login(agents.ana);
  await ana.logout();
  await expect(ana.connect()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('goes on with the same address after a gateway was killed', async () => {
  const { agents } = await aShop();
  const before = system.gatewayUrl(2);
  const ana = await system.login(agents.ana, 2);
  await system.running.kill('gateway', 2);
  await expect(ana.me()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await system.running.restart('gateway', 2);
  expect(system.gatewayUrl(2)).toBe(before);
  await expect(ana.me()).resolves.toMatchObject({ id: agents.ana.id });
});
