import {
  addNote,
  type AgentActor,
  claimConversation,
  closeConversation,
  ConversationPage,
  createTag,
  type ListConversations,
  listConversations,
  receiveMessage,
  sendMessage,
  tagConversation,
  transferConversation,
  untagConversation,
  updateTag,
  validateShape,
} from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import fc from 'fast-check';
import { compose } from '../src/app.module.js';
import { ConversationWords } from '../src/search/conversation-words.js';
import { anAgent } from './a-conversation.js';
import { aMessage, channel } from './a-message.js';
import { Beside } from './beside.js';

const ana = anAgent('ana', { teamIds: ['ventas'] });
const beto = anAgent('beto', { teamIds: ['soporte'] });
const boss = anAgent('boss', { role: 'supervisor' });
const admin = anAgent('admin', { role: 'admin' });
const stranger = anAgent('eva', { workspaceId: 'norte', role: 'admin' });
const beside = new Beside();

let replicas: Replicas;

beforeAll(async () => {
  beside.agent('ana', { teamIds: ['ventas'] });
  beside.team('soporte');
  replicas = await startReplicas({ service: 'conversations', compose, beside: [beside.compose] });
});

afterAll(() => replicas?.stop());

let named = 0;
/** A word that nothing else has. */
const aWord = (): string => `palabra${++named}x`;

const receive = async (text: string, more: Parameters<typeof aMessage>[1] = {}): Promise<string> =>
  (await replicas.ask(receiveMessage, aMessage(`+54933${String(++named).padStart(6, '0')}`, { text, teamId: 'ventas', ...more }), channel)).conversationId;

const page = async (q: string, agent: AgentActor = ana, query: Partial<ListConversations> = {}): Promise<ConversationPage> =>
  validateShape(ConversationPage, await replicas.ask(listConversations, { q, ...query }, agent), { maxParts: 10_000 });

async function allOf(q: string, agent: AgentActor, query: Partial<ListConversations> = {}): Promise<ConversationPage['items']> {
  const items: ConversationPage['items'] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const found: ConversationPage = await page(q, agent, { ...query, ...(cursor !== undefined && { cursor }) });
    items.push(...found.items);
    cursor = found.nextCursor;
  }
  return items;
}

const found = async (q: string, agent: AgentActor = ana, query: Partial<ListConversations> = {}): Promise<string[]> => (await allOf(q, agent, query)).map(({ id }) => id);

describe('a conversation is found', () => {
  it('by what was just written, at any replica, 40 times over', async () => {
    for (let round = 0; round < 20; round += 1) {
      const [word, reply] = [aWord(), aWord()];
      const conversationId = await receive(`Hola, busco ${word}`);
      expect(await found(word)).toEqual([conversationId]);
      await replicas.ask(sendMessage, { conversationId, commandId: newId(), text: `Aquí está: ${reply}` }, boss);
      expect(await found(reply)).toEqual([conversationId]);
    }
  });

  it('regardless of accents and case, when all words are there, in whatever message', async () => {
    const word = aWord();
    const conversationId = await receive(`¿Llegó el CAMIÓN de ${word.toUpperCase()}?`);
    await replicas.ask(sendMessage, { conversationId, commandId: newId(), text: 'Mañana, señora' }, boss);
    for (const q of ['camion', 'CAMIÓN', 'Camíon  llego', 'manana Señora camión']) expect(await found(`${q} ${word}`)).toEqual([conversationId]);
    for (const q of ['camiones', 'cami', 'ayer']) expect(await found(`${q} ${word}`)).toEqual([]);
  });

  it('by a note and by the note of a transfer', async () => {
    const [note, handed] = [aWord(), aWord()];
    const conversationId = await receive('hola');
    await replicas.ask(addNote, { conversationId, commandId: newId(), text: `Ojo: ${note}` }, ana);
    await replicas.ask(transferConversation, { conversationId, commandId: newId(), teamId: 'soporte', note: handed }, ana);
    for (const word of [note, handed]) expect(await found(word, boss)).toEqual([conversationId]);
  });

  it('closed or not, unless told which', async () => {
    const word = aWord();
    const closed = await receive(word);
    await replicas.ask(closeConversation, { conversationId: closed, commandId: newId() }, boss);
    const active = await receive(word);
    expect(await found(word)).toEqual([active, closed]);
    expect(await found(word, ana, { status: 'closed' })).toEqual([closed]);
    expect(await found(word, ana, { status: 'active' })).toEqual([active]);
  });

  it('by emails and phones in its texts', async () => {
    const word = aWord();
    const conversationId = await receive(`Soy ${word}@example.com, mi teléfono +54 9 11 5031-7788`);
    expect(await found(`${word}@Example.com`)).toEqual([conversationId]);
    for (const q of ['+54 9 11 5031-7788', '5491150317788', '1150317788', '(11) 5031 7788', '5031-7788']) expect(await found(q)).toEqual([conversationId]);
  });

  it('by how its customer’s name begins, their number on the channel, and whoever customers say is meant', async () => {
    const word = aWord();
    const message = aMessage(`+549477${++named}88`, { teamId: 'ventas', customer: { id: `cliente-${word}`, name: `María ${word} Sosa` } });
    const { conversationId } = await replicas.ask(receiveMessage, message, channel);
    for (const q of [`mar ${word}`, word.slice(0, -1), `sosa ${word.slice(0, -1)}`]) expect(await found(q)).toEqual([conversationId]);
    for (const q of [message.externalId, `477${named}88`]) expect(await found(q)).toEqual([conversationId]);
    beside.customer(`cliente-${word}`, 'api', message.externalId, { name: `Otra ${word}`, attributes: { email: { value: `${word}@correo.example`, source: 'agent', by: 'ana', at: '' } } });
    expect(await found(`${word}@correo.example`)).toEqual([conversationId]);
  });

  it('by a tag of that name, as it is called now and while it is on', async () => {
    const name = `Facturación ${aWord()}`;
    const { id: tagId } = await replicas.ask(createTag, { commandId: newId(), name }, admin);
    const conversationId = await receive('hola');
    expect(await found(name)).toEqual([]);
    await replicas.ask(tagConversation, { conversationId, commandId: newId(), tagId }, ana);
    expect(await found(name.toUpperCase().replace('Ó', 'O'))).toEqual([conversationId]);
    await replicas.ask(updateTag, { tagId, commandId: newId(), name: `¡${name} urgente!` }, admin);
    expect(await found(name)).toEqual([]);
    expect(await found(`${name} urgente`)).toEqual([conversationId]);
    await replicas.ask(untagConversation, { conversationId, commandId: newId(), tagId }, ana);
    expect(await found(`${name} urgente`)).toEqual([]);
  });

  it('by its number: first, or alone with #', async () => {
    const conversationId = await receive('hola');
    const { number } = (await page('hola', ana, { limit: 1 })).items[0]!;
    const later = await receive(`pedido ${number}`);
    expect(await found(`${number}`)).toEqual([conversationId, later]);
    for (const limit of [1, 2]) expect(await found(`${number}`, ana, { limit })).toEqual([conversationId, later]);
    expect(await found(` #${number} `)).toEqual([conversationId]);
    expect(await found(`#${number}`, beto)).toEqual([]);
    expect(await found('#99999999999999')).toEqual([]);
  });

  it('once, by whatever it is found, and in an order of the lists where one is asked for', async () => {
    const word = aWord();
    const { id: tagId } = await replicas.ask(createTag, { commandId: newId(), name: word }, admin);
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { conversationId } = await replicas.ask(receiveMessage, aMessage(`+5495${++named}`, { text: word, teamId: 'ventas', customer: { id: `cliente-${word}`, name: word } }), channel);
      await replicas.ask(tagConversation, { conversationId, commandId: newId(), tagId }, ana);
      ids.unshift(conversationId);
    }
    beside.customer(`cliente-${word}`, 'api', '+1', { name: word });
    expect(await found(word)).toEqual(ids);
    expect(await found(word, ana, { limit: 2 })).toEqual(ids);
    await replicas.ask(sendMessage, { conversationId: ids[2]!, commandId: newId(), text: 'va' }, boss);
    const byActivity = [ids[2], ids[0], ids[1], ids[3], ids[4]];
    for (const limit of [1, 2, 25]) expect(await found(word, ana, { sort: 'activity', limit })).toEqual(byActivity);
    expect(await found(word, ana, { sort: 'waiting', limit: 2 })).toEqual([ids[4], ids[3], ids[1], ids[0], ids[2]]);
  });

  it('among what the other filters leave', async () => {
    const word = aWord();
    const mine = await receive(word);
    await replicas.ask(claimConversation, { conversationId: mine, commandId: newId() }, ana);
    const queued = await receive(word);
    const outside = await receive(word, { teamId: null });
    for (const [query, ids] of [
      [{ tray: 'mine' }, [mine]],
      [{ tray: 'unassigned' }, [outside, queued]],
      [{ teamId: 'ventas' }, [queued, mine]],
      [{ assigneeId: 'ana' }, [mine]],
      [{ direction: 'outbound' }, []],
      [{ unread: true }, [outside, queued, mine]],
      [{ closing: true }, []],
    ] as const) expect(await found(word, ana, query)).toEqual(ids);
  });
});

describe('what a conversation is found by is shown:', () => {
  /** With marks in brackets; what it was found in, and whose words those are. */
  async function shown(q: string, agent: AgentActor = ana): Promise<readonly unknown[]> {
    return (await allOf(q, agent)).map(({ found: by }) => {
      if (!by) return null;
      const text = by.marks.reduceRight((line, { from, to }) => `${line.slice(0, from)}[${line.slice(from, to)}]${line.slice(to)}`, by.text);
      return [by.in, text, ...(by.actor ? [by.actor.kind] : [])];
    });
  }

  it('the part of the message or note with the words, marked, as it was written', async () => {
    const [word, reply, note, handed] = [aWord(), aWord(), aWord(), aWord()];
    const conversationId = await receive('hola');
    const said = await receive(`${'bla '.repeat(200)}Llegó el CAMIÓN de ${word}`);
    await replicas.ask(sendMessage, { conversationId, commandId: newId(), text: `Aquí está: ${reply}` }, boss);
    await replicas.ask(addNote, { conversationId, commandId: newId(), text: `Ojo con ${note}` }, ana);
    await replicas.ask(transferConversation, { conversationId, commandId: newId(), teamId: 'soporte', note: `Por ${handed}` }, ana);
    expect(await shown(`camion ${word}`)).toEqual([['message', `…Llegó el [CAMIÓN] de [${word}]`, 'customer']]);
    expect((await page(word)).items).toMatchObject([{ id: said, found: { seq: 2 } }]);
    expect(await shown(reply, boss)).toEqual([['message', `Aquí está: [${reply}]`, 'agent']]);
    expect(await shown(note, boss)).toEqual([['note', `Ojo con [${note}]`, 'agent']]);
    expect(await shown(handed, boss)).toEqual([['transfer', `Por [${handed}]`, 'agent']]);
  });

  it('of several words the message with most of them, beside the customer’s name', async () => {
    const [one, two, three] = [aWord(), aWord(), aWord()];
    const message = aMessage(`+5493${++named}77`, { text: one, teamId: 'ventas', customer: { id: `cliente-${one}`, name: `Zoe ${one}a` } });
    const { conversationId } = await replicas.ask(receiveMessage, message, channel);
    await replicas.ask(sendMessage, { conversationId, commandId: newId(), text: `${two} y ${three}` }, boss);
    expect(await shown(`${two} ${three} zo`)).toEqual([['message', `[${two}] y [${three}]`, 'agent']]);
    expect(await shown(`zoe ${one}`)).toEqual([['name', `[Zoe] [${one}]a`]]);
  });

  it('the customer’s name, number on the channel, email, the tag, the conversation’s number', async () => {
    const word = aWord();
    const externalId = `+549478${++named}9911`;
    const message = aMessage(externalId, { text: 'buenas', teamId: 'ventas', customer: { id: `cliente-${word}`, name: `María ${word}` } });
    const { conversationId } = await replicas.ask(receiveMessage, message, channel);
    expect(await shown(`mari ${word}`)).toEqual([['name', `[Marí]a [${word}]`]]);
    expect(await shown(`478${named}9911`)).toEqual([['identity', `+[${externalId.slice(1)}]`, 'customer']]);
    const email = `${word}@correo.example`;
    beside.customer(`cliente-${word}`, 'api', externalId, { name: `María ${word}`, attributes: { email: { value: email, source: 'agent', by: 'ana', at: '' } } });
    expect(await shown(email)).toEqual([['attribute', `[${email}]`]]);
    expect((await page(email)).items).toMatchObject([{ found: { key: 'email' } }]);
    const { id: tagId } = await replicas.ask(createTag, { commandId: newId(), name: `Ruta ${word}` }, admin);
    await replicas.ask(tagConversation, { conversationId, commandId: newId(), tagId }, ana);
    expect(await shown(`ruta ${word}`.toUpperCase())).toEqual([['tag', `[Ruta ${word}]`]]);
    const { number } = (await page(email)).items[0]!;
    expect(await shown(`#${number}`)).toEqual([['number', `[#${number}]`]]);
  });

  it('to nobody who may not see the conversation, and to nobody who did not search', async () => {
    const word = aWord();
    const conversationId = await receive('hola');
    await replicas.ask(addNote, { conversationId, commandId: newId(), text: word }, ana);
    for (const agent of [beto, stranger]) expect(await shown(word, agent)).toEqual([]);
    for (const item of (await replicas.ask(listConversations, { sort: 'activity' }, boss)).items) expect(item).not.toHaveProperty('found');
  });

  it('nothing for words recorded before the entry was', async () => {
    const word = aWord();
    const conversationId = await receive(word);
    const of = { _id: { $regex: `\\|${word}\\|` } };
    await replicas.database.collection<{ _id: string }>('conversation_words').updateMany(of, { $unset: { seq: 1 } });
    expect((await page(word)).items).toMatchObject([{ id: conversationId }]);
    expect(await shown(word)).toEqual([null]);
  });
});

it('refuses what it cannot look for, and cursors of another order', async () => {
  const words = (count: number): string => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');
  for (const q of ['', '  ', 'x'.repeat(201), words(11)]) await expect(page(q)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'q' }] });
  expect(await found('🎉 ¿?')).toEqual([]);
  const word = aWord();
  for (let index = 0; index < 2; index += 1) await receive(word);
  const { nextCursor } = await page(word, ana, { limit: 1 });
  for (const query of [{ sort: 'activity' }, { cursor: 'x' }] as const) {
    await expect(page(word, ana, { cursor: nextCursor!, ...query })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'cursor' }] });
  }
  await expect(replicas.ask(listConversations, { cursor: nextCursor! }, ana)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
});

it('shows each agent just what they may see of what has the words, in order, whatever the pages', async () => {
  const vocabulary = Array.from({ length: 6 }, aWord);
  const text = fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 4 });
  const teams = [null, 'ventas', 'soporte'] as const;
  const sampled = fc.sample(fc.record({ text, teamId: fc.constantFrom(...teams), assignee: fc.constantFrom(null, ana, beto) }), { numRuns: 40, seed: 20260201 });
  const known: { id: string; words: string[]; teamId: string | null; assigneeId: string | null }[] = [];
  for (const { text: words, teamId, assignee } of sampled) {
    const id = await receive(words.join(' '), { teamId });
    const assigneeId = assignee && (await replicas.ask(claimConversation, { conversationId: id, commandId: newId() }, assignee).then(() => assignee.id, () => null));
    known.unshift({ id, words, teamId, assigneeId });
  }
  const agent = fc.oneof(
    fc.constantFrom(boss, stranger),
    fc.record({ id: fc.constantFrom('ana', 'beto', 'nadie'), teamIds: fc.subarray(['ventas', 'soporte']) }).map(({ id, teamIds }) => anAgent(id, { teamIds })),
  );
  await fc.assert(
    fc.asyncProperty(agent, text, fc.integer({ min: 1, max: 12 }), async (who, asked, limit) => {
      const sees = ({ teamId, assigneeId }: (typeof known)[number]): boolean => who.role !== 'agent' || teamId === null || who.teamIds.includes(teamId) || assigneeId === who.id;
      const expected = who === stranger ? [] : known.filter((each) => sees(each) && asked.every((word) => each.words.includes(word))).map(({ id }) => id);
      expect(await found(asked.join(' '), who, { limit })).toEqual(expected);
    }),
    { seed: 20260202, numRuns: 60 },
  );
});

it('a message whose words could not be written is answered as failed, and found once they can; nothing is left behind', async () => {
  const [first, other] = replicas.apps.map((app) => app.get(ConversationWords));
  const word = aWord();
  const conversationId = await receive('hola');
  const failing = [first!, other!].map((words) => jest.spyOn(words, 'record').mockRejectedValue(new Error('killed')));
  await expect(replicas.ask(sendMessage, { conversationId, commandId: newId(), text: word }, boss)).rejects.toMatchObject({ code: 'INTERNAL' });
  for (const spy of failing) spy.mockRestore();
  await eventually(async () => expect(await found(word)).toEqual([conversationId]));
});
