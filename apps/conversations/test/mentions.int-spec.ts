import {
  addNote,
  type AgentActor,
  claimConversation,
  closeConversation,
  getCounts,
  type ListConversations,
  listConversations,
  markConversationRead,
  receiveMessage,
  transferConversation,
} from '@relevo/contracts';
import type { JournalEntry, Projection } from '@relevo/journal';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import type { ConversationState } from '../src/conversation/conversation.js';
import { ConversationJournal } from '../src/conversation/conversation.journal.js';
import { anAgent } from './a-conversation.js';
import { aMessage, channel } from './a-message.js';
import { Beside } from './beside.js';

const boss = anAgent('boss', { role: 'supervisor' });
const beside = new Beside();

let replicas: Replicas;

beforeAll(async () => {
  beside.agent('boss', { role: 'supervisor' });
  for (const team of ['ventas', 'soporte']) beside.team(team);
  replicas = await startReplicas({ service: 'conversations', compose, beside: [beside.compose] });
});

afterAll(() => replicas?.stop());

let people = 0;

/** Somebody whom nothing names yet. */
function somebody(teamIds: string[] = ['ventas']): AgentActor {
  const agent = anAgent(`somebody-${++people}`, { teamIds });
  beside.agent(agent.id, { teamIds });
  return agent;
}

const opened = async (teamId: string | null = 'ventas'): Promise<string> => (await replicas.ask(receiveMessage, aMessage(`+5477${++people}`, { teamId }), channel)).conversationId;
const note = async (conversationId: string, ...named: AgentActor[]): Promise<number> =>
  (await replicas.ask(addNote, { conversationId, commandId: newId(), text: 'mirá esto', mentions: named.map(({ id }) => id) }, boss)).entry!.seq;
const read = (conversationId: string, upToSeq: number, by: AgentActor, mentionsOnly?: boolean) => replicas.ask(markConversationRead, { conversationId, commandId: newId(), upToSeq, ...(mentionsOnly && { mentionsOnly }) }, by);
const listed = async (agent: AgentActor, query: Partial<ListConversations> = {}): Promise<string[]> =>
  (await replicas.ask(listConversations, { mentioned: true, limit: 100, ...query }, agent)).items.map(({ id }) => id);
const counted = async (agent: AgentActor): Promise<number | undefined> => (await replicas.ask(getCounts, {}, agent)).mentioned;

it('whom a note names finds it in a list and in a number until they have seen it, whoever has the conversation', async () => {
  const [ana, beto] = [somebody(), somebody()];
  const [first, second, other] = [await opened(), await opened(null), await opened()];
  expect([await listed(ana), await counted(ana)]).toEqual([[], undefined]);
  const seq = await note(first, ana, beto);
  await note(second, ana);
  await note(other);
  for (const sort of ['waiting', 'activity', 'assigned'] as const) expect((await listed(ana, { sort })).sort()).toEqual([first, second].sort());
  expect([await counted(ana), await counted(beto), await counted(boss)]).toEqual([2, 1, undefined]);
  expect(await listed(ana, { mentioned: false })).not.toContain(first);
  expect(await listed(ana, { mentioned: false, teamId: 'ventas' })).toContain(other);
  expect((await read(first, seq, ana)).entry).toMatchObject({ type: 'mentions-seen', visibility: 'internal' });
  expect([await listed(ana), await counted(ana)]).toEqual([[second], 1]);
  expect([await listed(beto), await counted(beto)]).toEqual([[first], 1]);
});

it('it outlasts a close, and is seen in the closed conversation', async () => {
  const ana = somebody();
  const conversationId = await opened();
  const seq = await note(conversationId, ana);
  await replicas.ask(closeConversation, { conversationId, commandId: newId() }, boss);
  expect([await listed(ana), await listed(ana, { status: 'active' }), await listed(ana, { status: 'closed' }), await counted(ana)]).toEqual([[conversationId], [], [conversationId], 1]);
  expect((await read(conversationId, seq, ana)).conversation).toMatchObject({ status: 'closed' });
  expect([await listed(ana), await counted(ana)]).toEqual([[], undefined]);
});

it('whoever loses sight of the conversation is not told of it any more, nor does it count; whoever sees it again is', async () => {
  const ana = somebody(['ventas']);
  const moved = { ...ana, teamIds: ['soporte'] };
  const conversationId = await opened('ventas');
  const seq = await note(conversationId, ana);
  expect([await listed(moved), await counted(moved)]).toEqual([[], undefined]);
  await expect(read(conversationId, seq, moved)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect([await listed(ana), await counted(ana)]).toEqual([[conversationId], 1]);
  await replicas.ask(transferConversation, { conversationId, commandId: newId(), teamId: 'soporte' }, boss);
  expect([await listed(ana), await counted(ana)]).toEqual([[], undefined]);
  expect([await listed(moved), await counted(moved)]).toEqual([[conversationId], 1]);
  // Assigned to them, they see it in whatever team it is.
  await replicas.ask(claimConversation, { conversationId, commandId: newId() }, moved);
  expect([await listed(ana), await counted(ana)]).toEqual([[conversationId], 1]);
});

it('what names somebody while they read is kept, whichever comes first, on two replicas', async () => {
  const ana = somebody();
  const conversations = await Promise.all(Array.from({ length: 10 }, () => opened()));
  for (const conversationId of conversations) {
    const seen = await note(conversationId, ana);
    const [named, ...answers] = await Promise.all([note(conversationId, ana), ...Array.from({ length: 4 }, () => read(conversationId, seen, ana))]);
    expect(answers.filter(({ entry }) => entry !== null)).toHaveLength(1);
    const { conversation } = await read(conversationId, seen, ana);
    expect(conversation.mentions).toEqual([{ agentId: ana.id, seq: named }]);
  }
  expect(await counted(ana)).toBe(conversations.length);
  expect((await listed(ana)).sort()).toEqual(conversations.sort());
  const { differences } = await replicas.apps[0]!.get(ConversationJournal).verify(null, 1_000);
  expect(differences).toEqual([]);
});

it('of two who are named each sees it for themselves, though they read at once', async () => {
  const agents = Array.from({ length: 8 }, () => somebody());
  const conversationId = await opened();
  const seq = await note(conversationId, ...agents);
  await Promise.all(agents.slice(1).map((agent) => read(conversationId, seq, agent)));
  const { conversation } = await read(conversationId, 1, boss);
  expect(conversation.mentions).toEqual([{ agentId: agents[0]!.id, seq }]);
});

it('the assignee who sees a note alone leaves unread what waits', async () => {
  const ana = somebody();
  const conversationId = await opened();
  await replicas.ask(claimConversation, { conversationId, commandId: newId() }, ana);
  const seq = await note(conversationId, ana);
  expect((await read(conversationId, seq, ana, true)).conversation).toMatchObject({ unread: { count: 1 } });
  expect(await counted(ana)).toBeUndefined();
  expect((await read(conversationId, seq, ana)).entry).toMatchObject({ type: 'read' });
});

it('whoever dies once a note is written leaves nothing to be found that is not found again', async () => {
  const ana = somebody();
  const conversationId = await opened();
  const projections = replicas.database.collection<Projection<ConversationState>>('conversation_projection');
  const before = (await projections.findOne({ _id: conversationId }))!;
  const seq = await note(conversationId, ana);
  // As a replica leaves it that is killed between the entry and its projection.
  const entries = replicas.database.collection<JournalEntry>('conversation_journal');
  await eventually(async () => expect(await entries.findOne({ aggregateId: conversationId, seq })).toMatchObject({ published: true }));
  await projections.replaceOne({ _id: conversationId }, before);
  expect(await listed(ana)).toEqual([]);
  await entries.updateOne({ aggregateId: conversationId, seq }, { $set: { published: false } });
  await eventually(async () => expect([await listed(ana), await counted(ana)]).toEqual([[conversationId], 1]));
});
