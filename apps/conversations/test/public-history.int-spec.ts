import {
  addNote,
  claimConversation,
  closeConversation,
  getActiveConversation,
  getPublicHistory,
  PublicHistoryPage,
  type PublicEntry,
  receiveMessage,
  sendMessage,
  validateShape,
} from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { ConversationJournal } from '../src/conversation/conversation.journal.js';
import { anAgent } from './a-conversation.js';
import { aMessage, channel } from './a-message.js';

const ana = anAgent('ana');
const secret = 'el-cliente-es-un-pesado';

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'conversations', compose, count: 1 });
});

afterAll(() => replicas?.stop());

let visitors = 0;
const aVisitor = (): string => `visitor:${++visitors}`;
const identity = (externalId: string) => ({ channelId: channel.id, externalId });

const writes = (externalId: string, text: string): Promise<PublicEntry> =>
  replicas.ask(receiveMessage, aMessage(externalId, { text, customer: { id: 'lucia', name: secret } }), channel);
const history = async (externalId: string, more: { before?: string; limit?: number } = {}) =>
  validateShape(PublicHistoryPage, await replicas.ask(getPublicHistory, { ...identity(externalId), ...more }, channel));
const active = async (externalId: string) => (await replicas.ask(getActiveConversation, identity(externalId), channel)).conversation;

/** A conversation with things that customers may see and others, as its timeline shows them. */
async function talk(externalId: string, texts: readonly string[]): Promise<string> {
  const { conversationId } = await writes(externalId, texts[0]!);
  const command = () => ({ conversationId, commandId: newId() });
  await replicas.ask(claimConversation, command(), ana);
  for (const text of texts.slice(1)) {
    await replicas.ask(addNote, { ...command(), text: secret }, ana);
    await replicas.ask(sendMessage, { ...command(), text }, ana);
  }
  return conversationId;
}

const textsOf = (entries: readonly PublicEntry[]) => entries.map(({ type, data }) => ('text' in data ? data.text : type));

it('nobody has none', async () => {
  expect(await history(aVisitor())).toEqual({ items: [], nextCursor: null });
  expect(await active(aVisitor())).toBeNull();
});

it('shows a customer what is theirs of all conversations, in order, whatever the size of its pages', async () => {
  const visitor = aVisitor();
  const first = await talk(visitor, ['hola', 'buenas']);
  await replicas.ask(closeConversation, { conversationId: first, commandId: newId() }, ana);
  const second = await talk(visitor, ['otra vez', 'sí', 'bien']);
  const whole = await history(visitor);
  expect(textsOf(whole.items)).toEqual(['opened', 'hola', 'buenas', 'closed', 'opened', 'otra vez', 'sí', 'bien']);
  expect(whole.nextCursor).toBeNull();
  expect(JSON.stringify(whole)).not.toContain(secret);
  for (const entry of whole.items) {
    expect(Object.keys(entry).sort()).toEqual(['actor', 'at', 'conversationId', 'data', 'seq', 'type', 'visibility']);
    expect(Object.keys(entry.actor).sort()).toEqual(['kind', 'name']);
  }
  expect(whole.items[2]).toMatchObject({ conversationId: first, actor: { kind: 'agent', name: ana.name }, data: { text: 'buenas', attachments: [] } });
  expect(whole.items[3]).toMatchObject({ type: 'closed', actor: { kind: 'system', name: '' }, data: {} });
  for (const limit of [1, 2, 3, 5, 8]) {
    const pages: PublicEntry[][] = [];
    let before: string | undefined;
    do {
      const page = await history(visitor, { limit, ...(before !== undefined && { before }) });
      pages.unshift(page.items);
      before = page.nextCursor ?? undefined;
    } while (before !== undefined);
    expect({ limit, entries: pages.flat() }).toEqual({ limit, entries: whole.items });
  }
  expect(await active(visitor)).toEqual({ id: second, status: 'active', openedAt: whole.items[4]!.at, seq: whole.items.at(-1)!.seq });
  await replicas.ask(closeConversation, { conversationId: second, commandId: newId() }, ana);
  expect(await active(visitor)).toBeNull();
});

it('tells nothing of a note by the number of the last entry', async () => {
  const visitor = aVisitor();
  const conversationId = await talk(visitor, ['hola', 'buenas']);
  const before = await active(visitor);
  await replicas.ask(addNote, { conversationId, commandId: newId(), text: secret }, ana);
  expect(await active(visitor)).toEqual(before);
});

it('reads no more than so much for a page, however many notes stand in between', async () => {
  const visitor = aVisitor();
  const conversationId = await talk(visitor, ['hola']);
  // Not all at once: changes of one conversation take turns, and give up after some seconds.
  for (let round = 0; round < 31; round += 1) {
    await Promise.all(Array.from({ length: 20 }, () => replicas.ask(addNote, { conversationId, commandId: newId(), text: secret }, ana)));
  }
  const read = jest.spyOn(replicas.apps[0]!.get(ConversationJournal), 'entries');
  const page = await history(visitor, { limit: 10 });
  const found = await Promise.all(read.mock.results.map(({ value }) => value as Promise<unknown[]>));
  read.mockRestore();
  expect(found.flat()).toHaveLength(500);
  expect(page).toMatchObject({ items: [], nextCursor: expect.any(String) as string });
  const rest = await history(visitor, { limit: 10, before: page.nextCursor! });
  expect(textsOf(rest.items)).toEqual(['opened', 'hola']);
  expect(rest.nextCursor).toBeNull();
  // Not found among those either: what is told is that nothing of theirs comes after it.
  expect((await active(visitor))!.seq).toBeGreaterThanOrEqual(2);
});

it('is served from the index of ids, examining no more keys than entries', async () => {
  const visitor = aVisitor();
  const conversationId = await talk(visitor, ['hola', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']);
  const seen: object[] = [];
  const journal = replicas.database.collection('conversation_journal');
  const find = jest.spyOn(Object.getPrototypeOf(journal) as typeof journal, 'find');
  await history(visitor, { limit: 3 });
  seen.push(...find.mock.calls.map(([filter]) => filter as object));
  find.mockRestore();
  const ofThis = seen.filter((filter) => JSON.stringify(filter).includes(conversationId));
  for (const filter of ofThis) {
    const { executionStats } = (await journal.find(filter).sort({ _id: -1 }).limit(20).explain('executionStats')) as { executionStats: { totalKeysExamined: number } };
    expect(executionStats.totalKeysExamined).toBeGreaterThan(0);
    expect(executionStats.totalKeysExamined).toBeLessThanOrEqual(21);
  }
  expect(ofThis.length).toBeGreaterThan(0);
});

it('is no other channel’s, nor another workspace’s, nor the customer’s of another', async () => {
  const visitor = aVisitor();
  await talk(visitor, ['hola']);
  await expect(replicas.ask(getPublicHistory, identity(visitor), { ...channel, id: 'otro' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(replicas.ask(getActiveConversation, identity(visitor), { ...channel, id: 'otro' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await replicas.ask(getPublicHistory, identity(visitor), { ...channel, workspaceId: 'norte' })).toEqual({ items: [], nextCursor: null });
  expect((await history(`${visitor}0`)).items).toEqual([]);
});

it.each([[''], ['1'], ['0.1'], ['1.0'], ['1.x'], ['-1.1'], ['1.1.1'], ['99999999999.1'], ['1e3.1']])('takes no cursor like %j', async (before) => {
  await expect(history(aVisitor(), { before })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'before' }] });
});
