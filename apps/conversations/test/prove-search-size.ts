import { type ListConversations, listConversations, receiveMessage } from '@relevo/contracts';
import { entryId, type EntryPlace, type Place, type Projection } from '@relevo/journal';
import { type Replicas } from '@relevo/testing';
import type { mongo } from 'mongoose';
import type { ConversationState } from '../src/conversation/conversation.js';
import { ConversationJournal } from '../src/conversation/conversation.journal.js';
import { ConversationWords } from '../src/search/conversation-words.js';
import { marks, searchOrderOf } from '../src/search/found-by.js';
import { anAgent } from './a-conversation.js';
import { aMessage } from './a-message.js';

const workspaceId = 'busqueda';
const channel = { kind: 'channel', workspaceId, id: 'api' } as const;

/** Of a workspace's conversations all say hello, half ask, each in a thousand is late, and the oldest names something. */
const wordsOf = (index: number): string[] => ['hola', index % 2 === 0 ? 'pregunta' : 'respuesta', ...(index % 1_000 === 7 ? ['tarde'] : []), ...(index === 0 ? ['pararrayos'] : [])];

/** As the service itself writes them, many times over; of their journals there is the entry with the words. */
export async function fillForSearch(replicas: Replicas, count: number): Promise<void> {
  await replicas.ask(receiveMessage, aMessage('+1', { text: 'nada' }), channel);
  const projections = replicas.database.collection<Projection<ConversationState>>('conversation_projection');
  const words = replicas.database.collection<{ _id: string; seq: number }>('conversation_words');
  const entries = replicas.database.collection<{ _id: string; seq: number }>('conversation_journal');
  const said = (await entries.findOne({ workspaceId, seq: 2 }))!;
  const one = (await projections.findOne({ workspaceId }))!;
  const teams = ['ventas', 'soporte'] as const;
  for (let from = 0; from < count; from += 2_500) {
    const indexes = Array.from({ length: Math.min(2_500, count - from) }, (_, offset) => from + offset);
    await projections.insertMany(
      indexes.map((index): mongo.OptionalUnlessRequiredId<Projection<ConversationState>> => {
        const teamId = teams[index % 2]!;
        return { ...one, _id: `copia${index}`, number: one.number + 1 + index, teamId, queue: teamId, identityKey: `copia${index}` };
      }),
    );
    await entries.insertMany(indexes.map((index) => ({ ...said, _id: `copia${index}:0000000002`, aggregateId: `copia${index}`, commandKey: `copia${index}`, published: true })));
    const keysOf = (index: number): { _id: string; seq: number }[] => [marks.number, ...wordsOf(index)].map((word) => ({ _id: `${workspaceId}|${word}|${String(searchOrderOf(one.number + 1 + index)).padStart(15, '0')}|copia${index}`, seq: 2 }));
    await words.insertMany(indexes.flatMap(keysOf));
  }
}

const keysOf = async (query: mongo.FindCursor): Promise<number> =>
  ((await query.explain('executionStats')) as { executionStats: { totalKeysExamined: number } }).executionStats.totalKeysExamined;

export interface Examined {
  readonly ids: readonly string[];
  readonly more: boolean;
  /** Index keys that the database examines for the page, by the very queries that were asked. */
  readonly keys: number;
}

/** Asks the only replica for a page, and the database what its queries cost. */
export async function searchAndExamine(replicas: Replicas, query: Partial<ListConversations>, teamIds: string[] = ['ventas', 'soporte']): Promise<Examined> {
  const words = replicas.apps[0]!.get(ConversationWords);
  const journal = replicas.apps[0]!.get(ConversationJournal);
  const places = jest.spyOn(words, 'placesQuery');
  const present = jest.spyOn(words, 'presentQuery');
  const states = jest.spyOn(journal, 'projections');
  const shown = jest.spyOn(journal, 'entriesAt');
  const { items, nextCursor } = await replicas.ask(listConversations, query, anAgent('ana', { workspaceId, teamIds }));
  const asked = [places.mock.calls, present.mock.calls, states.mock.calls, shown.mock.calls] as const;
  for (const spy of [places, present, states, shown]) spy.mockRestore();
  const projections = replicas.database.collection<{ _id: string }>('conversation_projection');
  let keys = 0;
  for (const [range, after, limit] of asked[0] as [string, Place | null, number][]) keys += await keysOf(words.placesQuery(range, after, limit));
  for (const [wanted] of asked[1] as [string[]][]) keys += await keysOf(words.presentQuery(wanted));
  for (const [ids] of asked[2] as [string[]][]) if (ids.length > 0) keys += await keysOf(projections.find({ _id: { $in: ids } }));
  const entries = replicas.database.collection<{ _id: string }>('conversation_journal');
  for (const [of] of asked[3] as [EntryPlace[]][]) if (of.length > 0) keys += await keysOf(entries.find({ _id: { $in: of.map(({ aggregateId, seq }) => entryId(aggregateId, seq)) } }));
  return { ids: items.map(({ id }) => id), more: nextCursor !== null, keys };
}

/** Of the 1,000 keys that a request may examine, 200 are for the customers. */
const maxKeys = 800;

export function proveSearchOf(count: number, replicas: () => Replicas): void {
  const newest = (step: number, length = 25): string[] => Array.from({ length }, (_, index) => `copia${count - step - index * step}`);

  it('what was found is shown of each row of a page, an entry read for each', async () => {
    const { items } = await replicas().ask(listConversations, { q: 'hola' }, anAgent('ana', { workspaceId, teamIds: ['ventas', 'soporte'] }));
    expect(items).toHaveLength(25);
    for (const { found } of items) expect(found).toMatchObject({ in: 'message', seq: 2 });
  });

  it('a word that all share is answered by its page', async () => {
    const { ids, more, keys } = await searchAndExamine(replicas(), { q: 'Holá' });
    expect({ ids, more }).toEqual({ ids: newest(1), more: true });
    expect(keys).toBeLessThanOrEqual(90);
  });

  it('a rare word beside one that all share is answered by the rare one', async () => {
    const { ids, more, keys } = await searchAndExamine(replicas(), { q: 'hola pararrayos pregunta' });
    expect({ ids, more }).toEqual({ ids: ['copia0'], more: false });
    expect(keys).toBeLessThanOrEqual(100);
  });

  it.each<[string, Partial<ListConversations>, string[]]>([
    ['words of which no conversation has both', { q: 'pregunta respuesta' }, ['ventas', 'soporte']],
    ['ten words that all share', { q: 'hola hola nada a b c d e f g h' }, ['ventas', 'soporte']],
    ['an agent who sees none of them', { q: 'hola' }, []],
    ['a filter that none of them passes', { q: 'hola', tray: 'mine' }, ['ventas']],
    ['an order of the lists', { q: 'hola', sort: 'activity' }, ['ventas', 'soporte']],
  ])('%s: a bounded number of keys, and what was not looked at is for the next page', async (_, query, teamIds) => {
    const { keys, more } = await searchAndExamine(replicas(), query, teamIds);
    expect(keys).toBeLessThanOrEqual(maxKeys);
    expect(more || query.q?.startsWith('hola hola')).toBe(true);
  });

  it('goes through short pages to whatever is there', async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    for (let pages = 0; cursor !== null && pages < 5; pages += 1) {
      const found = await replicas().ask(listConversations, { q: 'hola tarde', limit: 2, ...(cursor !== undefined && { cursor }) }, anAgent('ana', { workspaceId, teamIds: ['soporte'] }));
      seen.push(...found.items.map(({ id }) => id));
      cursor = found.nextCursor;
    }
    expect(seen).toEqual(Array.from({ length: Math.min(10, count / 1_000) }, (_, index) => `copia${count - 993 - index * 1_000}`));
  });
}
