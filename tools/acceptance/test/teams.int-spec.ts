import { addNote, claimConversation, closeConversation, type ConversationPage, getConversation, getCounts, listConversations, listTeams, markConversationRead, transferConversation, undoConversation, updateTeam } from '@relevo/contracts';
import { aMessage, type ApiClient, eventually, seedWorkspace, startTestSystem, type TestSystem, type TestWorkspace } from '@relevo/testing';

/** Two replicas of every service; each agent at a gateway of their own. */
let system: TestSystem;
let workspace: TestWorkspace<'sales' | 'support', 'admin' | 'ana' | 'beto', 'sales' | 'general'>;
let admin: ApiClient;
let ana: ApiClient;
let beto: ApiClient;

const patienceMs = 60_000;

beforeAll(async () => {
  system = await startTestSystem({ replicas: 2 });
  workspace = await seedWorkspace(system, {
    teams: ['sales', 'support'],
    agents: { admin: { role: 'admin' }, ana: { teams: ['support'] }, beto: { teams: ['support'] } },
    channels: { sales: { team: 'sales' }, general: {} },
  });
  admin = await system.login(workspace.agents.admin, 1);
  ana = await system.login(workspace.agents.ana, 1);
  beto = await system.login(workspace.agents.beto, 2);
});

afterAll(() => system?.stop());

const codeOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );

const archive = (archived: boolean, by = admin) => by.call(updateTeam, { teamId: workspace.teams.sales, archived });
const ofSales = async (): Promise<ConversationPage['items']> => (await admin.call(listConversations, { teamId: workspace.teams.sales, limit: 100 })).items;
const isArchived = async (): Promise<boolean> => (await admin.call(listTeams, {})).items.some(({ id, archived }) => id === workspace.teams.sales && archived);
const inGeneral = async (): Promise<string> => (await system.receive(workspace.channels.general, aMessage())).conversationId;

it('a team with active conversations cannot be archived; archived, it takes none, and the new ones of its channel enter the general queue', async () => {
  const { conversationId } = await system.receive(workspace.channels.sales, aMessage());
  await expect(archive(true)).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
  await admin.call(closeConversation, { conversationId });
  await expect(archive(true)).resolves.toMatchObject({ archived: true });
  await expect(admin.call(transferConversation, { conversationId: await inGeneral(), teamId: workspace.teams.sales })).rejects.toMatchObject({ code: 'RULE_VIOLATED' });
  const next = await system.receive(workspace.channels.sales, aMessage());
  expect(await admin.call(getConversation, { conversationId: next.conversationId })).toMatchObject({ teamId: null, tray: 'unassigned' });
  await expect(archive(false)).resolves.toMatchObject({ archived: false });
  const later = await system.receive(workspace.channels.sales, aMessage());
  expect(await admin.call(getConversation, { conversationId: later.conversationId })).toMatchObject({ teamId: workspace.teams.sales });
  await admin.call(closeConversation, { conversationId: later.conversationId });
});

it('archiving raced by transfers and new conversations over two replicas: never archived with an active conversation', async () => {
  const archiving = new Set<string>();
  for (let round = 0; round < 10; round += 1) {
    const mine = await Promise.all(Array.from({ length: 3 }, inGeneral));
    const [answer] = await Promise.all([
      codeOf(archive(true, round % 2 === 0 ? admin : admin.at(system.gatewayUrl(2)))),
      ...mine.map((conversationId, index) => codeOf(admin.at(system.gatewayUrl(1 + (index % 2))).call(transferConversation, { conversationId, teamId: workspace.teams.sales }))),
      ...(round % 3 === 0 ? [system.receive(workspace.channels.sales, aMessage(), 2)] : []),
    ]);
    archiving.add(answer);
    await eventually(async () => expect([await isArchived(), (await ofSales()).length > 0]).not.toEqual([true, true]), patienceMs);
    await archive(false);
    for (const { id } of await ofSales()) await admin.call(closeConversation, { conversationId: id });
  }
  for (const answer of archiving) expect(['ok', 'RULE_VIOLATED']).toContain(answer);
});

it('a close undone in a team archived meanwhile takes it back into use', async () => {
  const { conversationId } = await system.receive(workspace.channels.sales, aMessage());
  await admin.call(claimConversation, { conversationId });
  await admin.call(closeConversation, { conversationId });
  await archive(true);
  await admin.call(undoConversation, { conversationId });
  await eventually(async () => expect(await isArchived()).toBe(false), patienceMs);
  await admin.call(closeConversation, { conversationId });
});

it('mentions notify the agent named, on every gateway, and neither the author nor anybody else', async () => {
  const conversationId = await inGeneral();
  const [anas, betos, admins] = [await ana.connect(), [await beto.connect(), await beto.at(system.gatewayUrl(1)).connect()], await admin.connect()];
  const { entry } = await ana.call(addNote, { conversationId, text: 'mirá esto', mentions: [workspace.agents.beto.id, workspace.agents.ana.id] });
  for (const socket of betos) {
    expect(await socket.nextEvent('mentioned')).toEqual({ conversationId, seq: entry!.seq, actor: { kind: 'agent', id: workspace.agents.ana.id, name: 'ana' } });
  }
  // What comes after it came to all of them.
  const { entry: after } = await ana.call(addNote, { conversationId, text: 'nada más' });
  for (const socket of [anas, admins, ...betos]) await socket.nextEvent('timeline.entry', ({ entry: { seq }, conversationId: id }) => id === conversationId && seq === after!.seq);
  for (const socket of [anas, admins]) expect(socket.log.all('mentioned')).toEqual([]);
  for (const socket of betos) expect(socket.log.all('mentioned')).toHaveLength(1);
  for (const socket of [anas, admins, ...betos]) socket.close();
});

it('a mention outlasts both replicas of conversations, killed as soon as the note is answered, and is told to whoever comes back', async () => {
  const conversationId = await inGeneral();
  const { entry } = await ana.call(addNote, { conversationId, text: 'mirá esto', mentions: [workspace.agents.beto.id] });
  await Promise.all([1, 2].map((replica) => system.running.kill('conversations', replica)));
  await Promise.all([1, 2].map((replica) => system.running.restart('conversations', replica)));
  await eventually(async () => expect((await beto.call(listConversations, { mentioned: true, limit: 100 })).items.map(({ id }) => id)).toContain(conversationId), patienceMs);
  const socket = await beto.connect();
  const { mentioned = 0 } = await socket.nextEvent('counts.updated');
  expect(mentioned).toBeGreaterThan(0);
  await beto.call(markConversationRead, { conversationId, upToSeq: entry!.seq });
  expect(await beto.call(getCounts, {})).toMatchObject(mentioned > 1 ? { mentioned: mentioned - 1 } : {});
  expect((await beto.call(listConversations, { mentioned: true, limit: 100 })).items.map(({ id }) => id)).not.toContain(conversationId);
  await socket.nextEvent('counts.updated', (counts) => (counts.mentioned ?? 0) === mentioned - 1);
  socket.close();
});
