import {
  addNote,
  claimConversation,
  closeConversation,
  closeInactive,
  ConversationChanged,
  ConversationPage,
  createTag,
  getConversation,
  getTimeline,
  type ListConversations,
  listHeld,
  listConversations,
  listTags,
  type ReceivedMessage,
  receiveMessage,
  sendMessage,
  TimelinePage,
  validateShape,
  type VerificationReport,
  verifyProjections,
} from '@relevo/contracts';
import { unvalidatedSubjects } from '@relevo/messaging/testing';
import { Clock, newId } from '@relevo/platform';
import { type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { ConversationJournal } from '../src/conversation/conversation.journal.js';
import { anAgent } from './a-conversation.js';
import { aMessage, channel } from './a-message.js';

const ana = anAgent('ana', { teamIds: ['ventas'] });
const boss = anAgent('boss', { role: 'supervisor' });
const system = { kind: 'system', id: 'test' } as const;

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'conversations', compose });
});

afterAll(() => replicas?.stop());

/** Replies may be larger than any request. */
const aPage = { maxParts: 10_000 };

let customers = 0;
const aCustomer = (): string => `+54911${++customers}`;

const receive = (externalId: string, more?: Parameters<typeof aMessage>[1]): Promise<ReceivedMessage> =>
  replicas.ask(receiveMessage, aMessage(externalId, more), channel);

const timelineOf = async (conversationId: string) => {
  const page = await replicas.ask(getTimeline, { conversationId, limit: 100 }, boss);
  return validateShape(TimelinePage, page, aPage).items;
};

const times = <T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, index) => task(index)));

describe('two replicas', () => {
  it('make one conversation of 20 first messages at once: 21 entries without a gap', async () => {
    const who = aCustomer();
    const received = await times(20, (index) => receive(who, { text: `mensaje ${index}` }));
    const ids = new Set(received.map(({ conversationId }) => conversationId));
    expect(ids.size).toBe(1);
    const timeline = await timelineOf([...ids][0]!);
    expect(timeline.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(timeline[0]).toMatchObject({ type: 'opened', data: {} });
    expect(received.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(timeline.slice(1).map(({ seq }) => seq));
  });

  it('answer one commandId, 50 times at once, with 50 equal entries', async () => {
    const { conversationId } = await receive(aCustomer());
    await replicas.ask(claimConversation, { conversationId, commandId: newId() }, ana);
    const commandId = newId();
    const answers = await times(50, () => replicas.ask(sendMessage, { conversationId, commandId, text: 'una vez' }, ana));
    expect(new Set(answers.map(({ entry }) => JSON.stringify(entry))).size).toBe(1);
    expect((await timelineOf(conversationId)).filter(({ type, actor }) => type === 'message' && actor.kind === 'agent')).toHaveLength(1);
  });

  it('let one of 50 claims win and tell the others who', async () => {
    const { conversationId } = await receive(aCustomer());
    const results = await times(50, (index) =>
      replicas.ask(claimConversation, { conversationId, commandId: newId() }, anAgent(`agent${index}`)).then(
        ({ conversation }) => conversation.assigneeId,
        (error: unknown) => error,
      ),
    );
    const winners = results.filter((result) => typeof result === 'string');
    expect(winners).toHaveLength(1);
    for (const loser of results.filter((result) => typeof result !== 'string')) {
      expect(loser).toMatchObject({ code: 'ALREADY_ASSIGNED', details: { assigneeId: winners[0] } });
    }
    expect((await timelineOf(conversationId)).filter(({ type }) => type === 'assigned')).toHaveLength(1);
  });

  it('open one next conversation when many messages find the last one closed, and repeat answers across the two', async () => {
    const who = aCustomer();
    const first = await receive(who, { externalMessageId: `m1-${who}` });
    await replicas.ask(closeConversation, { conversationId: first.conversationId, commandId: newId() }, boss);
    await expect(receive(who, { externalMessageId: `m1-${who}` })).resolves.toEqual(first);
    const next = await times(20, (index) => receive(who, { externalMessageId: `n${index}-${who}` }));
    const ids = new Set(next.map(({ conversationId }) => conversationId));
    expect(ids.size).toBe(1);
    expect(ids).not.toContain(first.conversationId);
    expect(await timelineOf([...ids][0]!)).toHaveLength(21);
    expect((await timelineOf(first.conversationId)).at(-1)).toMatchObject({ type: 'superseded' });
    await expect(receive(who, { externalMessageId: `m1-${who}` })).resolves.toEqual(first);
  });

  it('say whose conversations are, to the workspace that they are of', async () => {
    const holder = anAgent('holder');
    const found = await times(3, () => receive(aCustomer()));
    const [kept, closed, untouched] = found.map(({ conversationId }) => conversationId) as [string, string, string];
    for (const conversationId of [kept, closed]) await replicas.ask(claimConversation, { conversationId, commandId: newId() }, holder);
    const { conversation } = await replicas.ask(closeConversation, { conversationId: closed, commandId: newId() }, holder);
    const own = { conversationId: kept, seq: 3, agentId: holder.id };
    expect(await replicas.ask(listHeld, { agentId: holder.id }, { ...system, workspaceId: 'sur' })).toEqual({ items: [own] });
    const { items } = await replicas.ask(listHeld, { agentId: holder.id, conversationIds: [kept, closed, untouched, newId()] }, { ...system, workspaceId: 'sur' });
    expect(new Map(items.map((item) => [item.conversationId, item]))).toEqual(
      new Map([own, { conversationId: closed, seq: conversation.seq, agentId: null }, { conversationId: untouched, seq: 2, agentId: null }].map((item) => [item.conversationId, item])),
    );
    expect(await replicas.ask(listHeld, { agentId: holder.id, conversationIds: [kept] }, { ...system, workspaceId: 'norte' })).toEqual({ items: [] });
  });

  it('close what is idle, though one conversation among it cannot be closed', async () => {
    const found = await times(3, () => receive(aCustomer()));
    const [first] = found.map(({ conversationId }) => conversationId);
    const journal = replicas.database.collection<{ _id: string }>('conversation_journal');
    // As a newer version wrote it, that this one does not know.
    const { _id, ...last } = (await journal.findOne({ _id: `${first}:0000000002` }))!;
    const unknown = { ...last, _id: `${first}:0000000003`, seq: 3, type: 'unheard-of', commandKey: newId(), published: true };
    await journal.insertOne(unknown);
    const later = replicas.apps.map((app) => jest.spyOn(app.get(Clock), 'now').mockImplementation(() => new Date(Date.now() + 24 * 60 * 60 * 1000 + 60_000)));
    try {
      await replicas.ask(closeInactive, { limit: 100 }, system);
    } finally {
      for (const spy of later) spy.mockRestore();
      await journal.deleteOne({ _id: unknown._id });
    }
    const states = await Promise.all(found.map(({ conversationId }) => replicas.ask(getConversation, { conversationId }, boss)));
    expect(states.map(({ status }) => status)).toEqual(['active', 'closed', 'closed']);
  });

  it('never lose a message that races the automatic close, nor close twice', async () => {
    const journal = replicas.apps[0]!.get(ConversationJournal);
    const clocks = replicas.apps.map((app) => app.get(Clock));
    const day = 24 * 60 * 60 * 1000;
    const who = await times(20, async () => {
      const customer = aCustomer();
      return { customer, ...(await receive(customer)) };
    });
    const later = clocks.map((clock) => jest.spyOn(clock, 'now').mockImplementation(() => new Date(Date.now() + day + 60_000)));
    try {
      const received = await Promise.all([
        ...who.map(({ customer }, index) => receive(customer, { externalMessageId: `race${index}-${customer}` })),
        ...Array.from({ length: 4 }, () => replicas.ask(closeInactive, { limit: 100 }, system).then(() => null)),
      ]);
      for (const [index, { conversationId }] of who.entries()) {
        const entries = await journal.entries(conversationId);
        const closes = entries.filter(({ type }) => type === 'closed');
        const at = received[index]!;
        const timeline = await timelineOf(at.conversationId);
        expect(timeline.find(({ seq }) => seq === at.seq)).toMatchObject({ type: 'message' });
        if (at.conversationId === conversationId) expect(closes).toHaveLength(0);
        else {
          expect(closes).toHaveLength(1);
          expect(entries.slice(entries.indexOf(closes[0]!) + 1).map(({ type }) => type)).toEqual(['superseded']);
        }
      }
    } finally {
      for (const spy of later) spy.mockRestore();
    }
  });
});

describe('an agent', () => {
  it('goes from claim to close, and every answer has the shape of the contract', async () => {
    const { conversationId } = await receive(aCustomer(), { text: '¿Tienen envíos? 🚚\n¡Gracias!', teamId: 'ventas' });
    const steps = [
      await replicas.ask(claimConversation, { conversationId, commandId: newId() }, ana),
      await replicas.ask(sendMessage, { conversationId, commandId: newId(), text: 'Sí, en 24 h' }, ana),
      await replicas.ask(addNote, { conversationId, commandId: newId(), text: 'cliente frecuente' }, ana),
      await replicas.ask(closeConversation, { conversationId, commandId: newId() }, ana),
    ];
    for (const step of steps) validateShape(ConversationChanged, step);
    const timeline = await timelineOf(conversationId);
    expect(timeline.map(({ type, visibility }) => `${type} ${visibility}`)).toEqual([
      'opened public',
      'message public',
      'assigned internal',
      'message public',
      'note internal',
      'closed public',
    ]);
    expect(timeline[1]).toMatchObject({ data: { text: '¿Tienen envíos? 🚚\n¡Gracias!' } });
    await expect(replicas.ask(sendMessage, { conversationId, commandId: newId(), text: 'x' }, ana)).rejects.toMatchObject({ code: 'CONVERSATION_CLOSED' });
  });

  it('overtaken by another answer is shown what was missed, and nothing is sent', async () => {
    const { conversationId, seq } = await receive(aCustomer());
    await replicas.ask(claimConversation, { conversationId, commandId: newId() }, ana);
    await replicas.ask(sendMessage, { conversationId, commandId: newId(), text: 'yo contesto' }, boss);
    const late = replicas.ask(sendMessage, { conversationId, commandId: newId(), text: 'tarde', seenSeq: seq }, ana);
    await expect(late).rejects.toMatchObject({ code: 'REPLY_OVERTAKEN', details: { entries: [{ type: 'assigned' }, { data: { text: 'yo contesto' } }] } });
    expect(await timelineOf(conversationId)).toHaveLength(4);
  });

  it('of another team or workspace finds nothing by any request', async () => {
    const { conversationId } = await receive(aCustomer(), { teamId: 'soporte' });
    const command = { conversationId, commandId: newId() };
    for (const stranger of [ana, anAgent('eve', { role: 'admin', workspaceId: 'norte' })]) {
      const answers = await Promise.allSettled([
        replicas.ask(getConversation, { conversationId }, stranger),
        replicas.ask(getTimeline, { conversationId }, stranger),
        replicas.ask(claimConversation, command, stranger),
        replicas.ask(sendMessage, { ...command, text: 'x' }, stranger),
        replicas.ask(addNote, { ...command, text: 'x' }, stranger),
        replicas.ask(closeConversation, command, stranger),
      ]);
      for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
    }
  });
});

it.each([{}, { before: 100 }])('a timeline (%j) ends with what was there when its reader was found entitled to it', async (range) => {
  const { conversationId } = await receive(aCustomer(), { teamId: 'ventas' });
  let isInterrupted = false;
  for (const app of replicas.apps) {
    const journal = app.get(ConversationJournal);
    const load = journal.load.bind(journal);
    jest.spyOn(journal, 'load').mockImplementation(async (id) => {
      const state = await load(id);
      if (isInterrupted) return state;
      isInterrupted = true;
      // As a transfer to others would be, with what they write then.
      await replicas.ask(addNote, { conversationId, commandId: newId(), text: 'para otros' }, boss);
      return state;
    });
  }
  const { items } = await replicas.ask(getTimeline, { conversationId, ...range }, ana);
  jest.restoreAllMocks();
  expect(items.map(({ type }) => type)).toEqual(['opened', 'message']);
  expect((await timelineOf(conversationId)).map(({ type }) => type)).toEqual(['opened', 'message', 'note']);
});

describe('lists', () => {
  const sur = { ...ana, workspaceId: 'lists' };
  const list = async (agent: typeof ana, query: Partial<ListConversations> = {}) =>
    validateShape(ConversationPage, await replicas.ask(listConversations, query, agent), aPage);

  beforeAll(async () => {
    const spoken = { kind: 'channel', workspaceId: 'lists', id: 'api' } as const;
    for (let index = 0; index < 30; index += 1) {
      const teamId = [null, 'ventas', 'soporte'][index % 3]!;
      const externalId = `list${index}`;
      await replicas.ask(receiveMessage, aMessage(externalId, { teamId }), spoken);
    }
  });

  it('hold what the agent may see, longest waiting first, page after page, each row once', async () => {
    const seen: ConversationPage['items'] = [];
    let cursor: string | null = null;
    do {
      const page: ConversationPage = await list(sur, { tray: 'unassigned', limit: 7, ...(cursor && { cursor }) });
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(20);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(20);
    expect(seen.every(({ teamId }) => teamId === null || teamId === 'ventas')).toBe(true);
    const waiting = seen.map(({ waitingSince }) => waitingSince!);
    expect(waiting).toEqual([...waiting].sort());
    await expect(list({ ...boss, workspaceId: 'lists' }, { limit: 100 })).resolves.toMatchObject({ items: { length: 30 }, nextCursor: null });
  });

  it('move a claimed conversation from one tray to the other', async () => {
    const [first] = (await list(sur, { tray: 'unassigned', limit: 1 })).items;
    await replicas.ask(claimConversation, { conversationId: first!.id, commandId: newId() }, sur);
    expect((await list(sur, { tray: 'mine' })).items.map(({ id }) => id)).toContain(first!.id);
    expect((await list(sur, { tray: 'unassigned', limit: 100 })).items.map(({ id }) => id)).not.toContain(first!.id);
    const colleague = { ...sur, id: 'carla' };
    expect((await list(colleague, { tray: 'agents' })).items.map(({ id }) => id)).toEqual([first!.id]);
  });
});

it('tags are unique regardless of case and accents, even when created at once', async () => {
  const admin = anAgent('admin', { role: 'admin', workspaceId: 'tags' });
  const created = await Promise.allSettled(['Facturación', 'facturacion', 'FACTURACIÓN'].map((name) => replicas.ask(createTag, { name, commandId: newId() }, admin)));
  expect(created.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect((await replicas.ask(listTags, {}, admin)).items).toHaveLength(1);
  await expect(replicas.ask(createTag, { name: 'otra', commandId: newId() }, anAgent('x', { workspaceId: 'tags' }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('every projection equals its rebuild', async () => {
  let [checked, cursor]: [number, string | null] = [0, null];
  do {
    const report: VerificationReport = await replicas.ask(verifyProjections.conversations, { limit: 100, ...(cursor && { cursor }) }, system);
    expect(report.differences).toEqual([]);
    checked += report.checked;
    cursor = report.nextCursor;
  } while (cursor !== null);
  expect(checked).toBeGreaterThan(50);
});

it('serves no subject without validation', async () => {
  expect(await unvalidatedSubjects(replicas.apps[0]!, replicas.nats)).toEqual([]);
});
