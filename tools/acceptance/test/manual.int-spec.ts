import {
  addNote,
  claimConversation,
  closeConversation,
  createTag,
  type Entry,
  getConversation,
  getTimeline,
  listConversations,
  listTags,
  markConversationRead,
  markConversationUnread,
  sendMessage,
  tagConversation,
  transferConversation,
  undoConversation,
  updateTag,
} from '@relevo/contracts';
import { aMessage, type AgentSocket, type ApiClient, seedWorkspace, startTestSystem, type TestSystem, type TestWorkspace } from '@relevo/testing';
import fc from 'fast-check';

let system: TestSystem;
let workspace: TestWorkspace<'ventas' | 'soporte', 'jefa' | 'ana' | 'beto' | 'dora', 'tienda'>;
let jefa: ApiClient;
/** Of sales at one gateway; of support and of sales at the other, watching. */
let ana: ApiClient;
let anasSocket: AgentSocket;
let beto: AgentSocket;
let dora: AgentSocket;

beforeAll(async () => {
  system = await startTestSystem({ replicas: 2, env: { SENDS_PER_SECOND: '200', SENDS_BURST: '400' } });
  workspace = await seedWorkspace(system, {
    teams: ['ventas', 'soporte'],
    agents: { jefa: { role: 'admin' }, ana: { teams: ['ventas'] }, beto: { teams: ['soporte'] }, dora: { teams: ['ventas'] } },
    channels: { tienda: { team: 'ventas' } },
  });
  const { agents } = workspace;
  [jefa, ana] = await Promise.all([system.login(agents.jefa), system.login(agents.ana, 1)]);
  [anasSocket, beto, dora] = await Promise.all([
    ana.connect(),
    system.login(agents.beto, 2).then((client) => client.connect()),
    system.login(agents.dora, 2).then((client) => client.connect()),
  ]);
});

afterAll(async () => {
  for (const socket of [anasSocket, beto, dora]) socket?.close();
  await system?.stop();
});

/** What the colleague's screen is told of a conversation next. */
const next = (socket: AgentSocket, conversationId: string, type: Entry['type']) =>
  socket.nextEvent('timeline.entry', (event) => event.conversationId === conversationId && event.entry.type === type);

const aConversation = async (): Promise<string> => (await system.receive(workspace.channels.tienda, aMessage())).conversationId;

describe.each(['REST', 'the socket'] as const)('an agent with a chat assigned to them, over %s', (way) => {
  const ask: ApiClient['call'] = (rpc, body) => (way === 'REST' ? ana.call(rpc, body) : anasSocket.ask(rpc, body));

  const aChatOfTheirs = async (): Promise<string> => {
    const conversationId = await aConversation();
    await ask(claimConversation, { conversationId });
    return conversationId;
  };

  it('sends texts that are kept byte for byte, line breaks and emoji among them', async () => {
    const conversationId = await aChatOfTheirs();
    const pieces = fc.constantFrom('\n', '\r\n', '\t', ' ', '\u0000', '\u202e', '\ufeff', 'é', 'e\u0301', '👩🏽‍🚀', '🇪🇸', '𝒳', '<b>', '&amp;', '$set', '"', '\\', "'");
    const texts = fc
      .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 8 })), { minLength: 1, maxLength: 30 })
      .map((parts) => parts.join(''))
      .filter((text) => text.isWellFormed() && /\S/.test(text));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { entry } = await ask(sendMessage, { conversationId, text });
        const [seen, { items }] = await Promise.all([
          dora.nextEvent('timeline.entry', (event) => event.conversationId === conversationId && event.seq === entry?.seq),
          ask(getTimeline, { conversationId, after: (entry?.seq ?? 1) - 1 }),
        ]);
        for (const { data } of [entry, seen.entry, items[0]].map((one) => ({ data: one?.data as { text: string } }))) expect(Buffer.from(data.text)).toEqual(Buffer.from(text));
      }),
      { seed: 20261128, numRuns: 25 },
    );
  });

  it('sends a text of 4,096 characters, be they emoji, and none of 4,097', async () => {
    const conversationId = await aChatOfTheirs();
    const text = '🚀'.repeat(4096);
    const { entry } = await ask(sendMessage, { conversationId, text });
    expect(entry?.data).toMatchObject({ text });
    await expect(ask(sendMessage, { conversationId, text: `${text}.` })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'text' }] });
  });

  it('marks it as read or unread, as it stands, and moves with that in the order of waiting', async () => {
    const [earlier, later] = [await aChatOfTheirs(), await aChatOfTheirs()];
    const order = async (): Promise<string[]> =>
      (await ask(listConversations, { tray: 'mine', sort: 'waiting', limit: 100 })).items.map(({ id }) => id).filter((id) => id === earlier || id === later);
    expect(await order()).toEqual([earlier, later]);
    const { seq } = await ask(getConversation, { conversationId: earlier });
    expect((await ask(markConversationRead, { conversationId: earlier, upToSeq: seq })).conversation).toMatchObject({ unread: { count: 0, marked: false }, waitingSince: null });
    expect(await next(dora, earlier, 'read')).toMatchObject({ conversation: { waitingSince: null } });
    expect(await order()).toEqual([later, earlier]);
    const { conversation } = await ask(markConversationUnread, { conversationId: earlier });
    expect(conversation).toMatchObject({ unread: { count: 0, marked: true }, waitingSince: conversation.unansweredSince });
    expect(await next(dora, earlier, 'marked-unread')).toMatchObject({ conversation: { unread: { marked: true } } });
    expect(await order()).toEqual([earlier, later]);
  });

  it('finds on top what they answered last, when they order by activity', async () => {
    const chats = [await aChatOfTheirs(), await aChatOfTheirs(), await aChatOfTheirs()] as const;
    const answered: { id: string; at?: string }[] = [];
    for (const id of [chats[1], chats[2], chats[0]]) answered.unshift({ id, at: (await ask(sendMessage, { conversationId: id, text: 'Hola' })).entry?.at });
    const { items } = await ask(listConversations, { tray: 'mine', sort: 'activity', limit: 3 });
    // Two replicas answered: they share a clock to within a few milliseconds, and that is what the entries are ordered by.
    answered.sort((one, other) => Date.parse(other.at ?? '') - Date.parse(one.at ?? '') || (one.id < other.id ? -1 : 1));
    expect(items.map(({ id, lastInteractionAt }) => ({ id, at: lastInteractionAt }))).toEqual(answered);
  });

  it('adds notes that colleagues see in their place, and tags that an admin made', async () => {
    const conversationId = await aChatOfTheirs();
    const tag = await jefa.call(createTag, { name: `Reclamo ${way}` });
    await dora.nextEvent('tag.updated', (event) => event.tag.id === tag.id);
    expect((await ana.call(listTags, { limit: 100 })).items).toContainEqual(tag);
    await ask(addNote, { conversationId, text: 'Pidió factura' });
    await ask(tagConversation, { conversationId, tagId: tag.id });
    expect(await next(dora, conversationId, 'note')).toMatchObject({ entry: { visibility: 'internal', data: { text: 'Pidió factura' } } });
    expect(await next(dora, conversationId, 'tagged')).toMatchObject({ conversation: { tagIds: [tag.id] } });
    await jefa.call(updateTag, { tagId: tag.id, name: `Queja ${way}` });
    expect((await dora.nextEvent('tag.updated', (event) => event.tag.id === tag.id)).tag.name).toBe(`Queja ${way}`);
    expect((await ask(listConversations, { tagId: tag.id })).items.map(({ id }) => id)).toEqual([conversationId]);
  });

  it('hands it to a colleague and to a team: who sees it from then on is told, who no longer does too', async () => {
    const conversationId = await aChatOfTheirs();
    const { beto: toBeto, dora: toDora } = workspace.agents;
    await ask(transferConversation, { conversationId, agentId: toDora.id, note: 'Sigue con vos' });
    expect(await next(dora, conversationId, 'transferred')).toMatchObject({ entry: { data: { note: 'Sigue con vos' } }, conversation: { assigneeId: toDora.id, teamId: workspace.teams.ventas } });
    await expect(ask(sendMessage, { conversationId, text: 'Hola' })).rejects.toMatchObject({ code: 'NOT_ASSIGNEE' });
    await dora.ask(transferConversation, { conversationId, teamId: workspace.teams.soporte });
    expect(await next(beto, conversationId, 'transferred')).toMatchObject({ conversation: { tray: 'unassigned', assigneeId: null, teamId: workspace.teams.soporte } });
    await anasSocket.nextEvent('conversation.removed', (event) => event.conversationId === conversationId);
    await expect(ask(getConversation, { conversationId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await beto.ask(claimConversation, { conversationId });
    expect((await beto.ask(getConversation, { conversationId })).assigneeId).toBe(toBeto.id);
  });

  it('closes it and finds it in the history; takes back the close within ten seconds; tags it, and writes no more', async () => {
    const conversationId = await aChatOfTheirs();
    const closed = await ask(closeConversation, { conversationId });
    expect(closed.conversation).toMatchObject({ status: 'closed', closeReason: 'manual', unread: { count: 0, marked: false }, waitingSince: null });
    expect(await next(dora, conversationId, 'closed')).toMatchObject({ conversation: { status: 'closed' } });
    await ask(undoConversation, { conversationId });
    expect(await next(dora, conversationId, 'close-undone')).toMatchObject({ conversation: { status: 'active', assigneeId: ana.agentId } });
    await ask(closeConversation, { conversationId });
    const { items } = await ask(listConversations, { status: 'closed', sort: 'activity', limit: 100 });
    expect(items.map(({ id }) => id)).toContain(conversationId);
    const tag = await jefa.call(createTag, { name: `Resuelto ${way}` });
    expect((await ask(tagConversation, { conversationId, tagId: tag.id })).conversation.tagIds).toEqual([tag.id]);
    const more = { conversationId, text: 'Algo más' };
    await expect(ask(sendMessage, more)).rejects.toMatchObject({ code: 'CONVERSATION_CLOSED' });
    await expect(ask(addNote, more)).rejects.toMatchObject({ code: 'CONVERSATION_CLOSED' });
  });
});
