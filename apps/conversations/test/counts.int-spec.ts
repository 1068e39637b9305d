import {
  type AgentActor,
  assignedBound,
  claimConversation,
  closeConversation,
  countBound,
  countConversations,
  type CountKey,
  getCounts,
  handOverConversation,
  listConversations,
  type ListTray,
  markConversationRead,
  markConversationUnread,
  ownBound,
  queueOf,
  receiveMessage,
  releaseConversation,
  sendMessage,
  transferConversation,
  type TrayCounts,
  undoConversation,
} from '@relevo/contracts';
import type { Projection } from '@relevo/journal';
import { newId } from '@relevo/platform';
import { type Replicas, startReplicas } from '@relevo/testing';
import type { mongo } from 'mongoose';
import { compose } from '../src/app.module.js';
import type { ConversationState } from '../src/conversation/conversation.js';
import { ConversationJournal } from '../src/conversation/conversation.journal.js';
import { anAgent } from './a-conversation.js';
import { aMessage, channel } from './a-message.js';
import { Beside } from './beside.js';

const ana = anAgent('ana', { teamIds: ['ventas'] });
const beto = anAgent('beto', { teamIds: ['soporte'] });
const suelta = anAgent('suelta');
const boss = anAgent('boss', { role: 'supervisor' });
const staff = { ana, beto, suelta, boss };
const bot = { kind: 'bot', workspaceId: 'sur', id: 'formulario', name: 'Formulario' } as const;
const beside = new Beside();

let replicas: Replicas;

beforeAll(async () => {
  for (const { id, role, teamIds } of [ana, beto, suelta, boss]) beside.agent(id, { role, teamIds: [...teamIds] });
  for (const team of ['ventas', 'soporte']) beside.team(team);
  replicas = await startReplicas({ service: 'conversations', compose, beside: [beside.compose] });
});

afterAll(() => replicas?.stop());

const countsOf = (agent: AgentActor): Promise<TrayCounts> => replicas.ask(getCounts, {}, agent);

let customers = 0;
const receive = (more: Parameters<typeof aMessage>[1], who = `+5490${++customers}`): Promise<{ conversationId: string; seq: number }> => replicas.ask(receiveMessage, aMessage(who, more), channel);

/** What lists show, one page after the other. */
async function listed(agent: AgentActor): Promise<TrayCounts> {
  const rows = async (tray: ListTray, more: { unread?: boolean } = {}): Promise<number> => {
    let found = 0;
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: { items: object[]; nextCursor: string | null } = await replicas.ask(listConversations, { tray, ...more, limit: 100, ...(cursor && { cursor }) }, agent);
      found += page.items.length;
      cursor = page.nextCursor;
    }
    return found;
  };
  return { unassigned: await rows('unassigned'), mine: await rows('mine'), agents: await rows('agents'), bot: await rows('bot'), mineUnread: await rows('mine', { unread: true }) };
}

const none: TrayCounts = { unassigned: 0, mine: 0, agents: 0, bot: 0, mineUnread: 0 };

describe('what each is told, after the answer of each command', () => {
  const who = '+54777';
  let conversationId: string;
  let lastSeq = 0;
  const command = () => ({ conversationId, commandId: newId() });
  const expectCounts = async (expected: Partial<Record<keyof typeof staff, Partial<TrayCounts>>>): Promise<void> => {
    const names = Object.keys(staff) as (keyof typeof staff)[];
    const found = await Promise.all(names.map((name) => countsOf(staff[name])));
    expect(Object.fromEntries(names.map((name, index) => [name, found[index]]))).toEqual(Object.fromEntries(names.map((name) => [name, { ...none, ...expected[name] }])));
  };

  const steps: [string, () => Promise<unknown>, Parameters<typeof expectCounts>[0]][] = [
    ['the bot has one of no team', async () => ({ conversationId, seq: lastSeq } = await receive({ startsIn: 'bot' }, who)), { ana: { bot: 1 }, beto: { bot: 1 }, suelta: { bot: 1 }, boss: { bot: 1 } }],
    ['the bot hands it over to a team', () => replicas.ask(handOverConversation, { ...command(), teamId: 'ventas' }, bot), { ana: { unassigned: 1 }, boss: { unassigned: 1 } }],
    ['one of the team claims it', () => replicas.ask(claimConversation, command(), ana), { ana: { mine: 1, mineUnread: 1 }, boss: { agents: 1 } }],
    ['they read it', () => replicas.ask(markConversationRead, { ...command(), upToSeq: lastSeq }, ana), { ana: { mine: 1 }, boss: { agents: 1 } }],
    ['they mark it as unread', () => replicas.ask(markConversationUnread, command(), ana), { ana: { mine: 1, mineUnread: 1 }, boss: { agents: 1 } }],
    ['they answer', () => replicas.ask(sendMessage, { ...command(), text: 'buenas' }, ana), { ana: { mine: 1 }, boss: { agents: 1 } }],
    ['the customer writes again', () => receive({}, who), { ana: { mine: 1, mineUnread: 1 }, boss: { agents: 1 } }],
    ['and again', () => receive({}, who), { ana: { mine: 1, mineUnread: 1 }, boss: { agents: 1 } }],
    ['they release it', () => replicas.ask(releaseConversation, command(), ana), { ana: { unassigned: 1 }, boss: { unassigned: 1 } }],
    ['a supervisor gives it to somebody of no team', () => replicas.ask(transferConversation, { ...command(), agentId: 'suelta' }, boss), { ana: { agents: 1 }, beto: { agents: 1 }, suelta: { mine: 1, mineUnread: 1 }, boss: { agents: 1 } }],
    ['that is taken back', () => replicas.ask(undoConversation, command(), boss), { ana: { unassigned: 1 }, boss: { unassigned: 1 } }],
    ['it goes to another team', () => replicas.ask(transferConversation, { ...command(), teamId: 'soporte' }, boss), { beto: { unassigned: 1 }, boss: { unassigned: 1 } }],
    ['the supervisor takes it', () => replicas.ask(claimConversation, command(), boss), { beto: { agents: 1 }, boss: { mine: 1, mineUnread: 1 } }],
    ['it is closed', () => replicas.ask(closeConversation, command(), boss), {}],
    ['the close is taken back', () => replicas.ask(undoConversation, command(), boss), { beto: { agents: 1 }, boss: { mine: 1, mineUnread: 1 } }],
    ['it is closed again', () => replicas.ask(closeConversation, command(), boss), {}],
  ];

  it.each(steps)('%s', async (_, happens, expected) => {
    await happens();
    await expectCounts(expected);
  });
});

it('what is assigned to an agent although of another team is theirs, and none of the others’', async () => {
  const anteo = anAgent('anteo', { teamIds: ['ventas'], workspaceId: 'aparte' });
  const gaston = anAgent('gaston', { teamIds: ['soporte'], workspaceId: 'aparte' });
  const elsewhere = { ...channel, workspaceId: 'aparte' };
  const { conversationId } = await replicas.ask(receiveMessage, aMessage('+54888', { teamId: 'ventas' }), elsewhere);
  await replicas.ask(claimConversation, { conversationId, commandId: newId() }, anteo);
  const moved = { ...anteo, teamIds: ['soporte'] };
  expect(await countsOf(moved)).toEqual({ ...none, mine: 1, mineUnread: 1 });
  expect(await countsOf(anteo)).toEqual({ ...none, mine: 1, mineUnread: 1 });
  expect(await countsOf(gaston)).toEqual(none);
});

it('counts are what the lists hold, however commands raced on both replicas', async () => {
  const agents = [ana, beto, suelta, boss];
  const opened = await Promise.all(Array.from({ length: 24 }, (_, index) => receive({ teamId: [null, 'ventas', 'soporte'][index % 3]!, startsIn: index % 8 === 0 ? 'bot' : 'unassigned' }, `+5466${index}`)));
  const acts = [
    (conversationId: string, agent: AgentActor) => replicas.ask(claimConversation, { conversationId, commandId: newId() }, agent),
    (conversationId: string, agent: AgentActor) => replicas.ask(releaseConversation, { conversationId, commandId: newId() }, agent),
    (conversationId: string, agent: AgentActor) => replicas.ask(sendMessage, { conversationId, commandId: newId(), text: 'va' }, agent),
    (conversationId: string, agent: AgentActor) => replicas.ask(transferConversation, { conversationId, commandId: newId(), agentId: 'suelta' }, agent),
    (conversationId: string, agent: AgentActor) => replicas.ask(transferConversation, { conversationId, commandId: newId(), teamId: 'soporte' }, agent),
    (conversationId: string, agent: AgentActor) => replicas.ask(closeConversation, { conversationId, commandId: newId() }, agent),
  ];
  const done = await Promise.allSettled(Array.from({ length: 200 }, (_, index) => acts[(index * 7) % acts.length]!(opened[(index * 11) % opened.length]!.conversationId, agents[(index * 13) % agents.length]!)));
  expect(done.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(20);
  const lists = await Promise.all(agents.map(listed));
  expect(await Promise.all(agents.map(countsOf))).toEqual(lists);
  expect(lists.some(({ agents: others, mine, unassigned }) => others > 0 && mine > 0 && unassigned > 0)).toBe(true);
});

it('the gateway is answered for each key it names, of the workspace it acts in alone', async () => {
  const { places, agents } = await replicas.ask(countConversations, { keys: ['all', 'queue:-', 'agent:nadie'] }, { kind: 'system', id: 'gateway', workspaceId: 'otro' });
  expect(places).toEqual(['all', 'queue:-'].map((key) => ({ key, bot: 0, unassigned: 0, assigned: 0 })));
  expect(agents).toEqual([{ key: 'agent:nadie', queues: [], unread: 0 }]);
  const ask = (keys: string[]) => replicas.ask(countConversations, { keys: keys as CountKey[] }, { kind: 'system', id: 'gateway', workspaceId: 'otro' });
  for (const bad of ['queue:', 'agent:a b', 'todo', 'queue:a:b']) await expect(ask([bad])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  await expect(replicas.ask(countConversations, { keys: ['all'] }, { kind: 'system', id: 'gateway' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
});

describe('with more than is counted', () => {
  const workspaceId = 'lleno';
  const carla = anAgent('carla', { workspaceId, teamIds: ['ventas'] });
  const jefa = anAgent('jefa', { workspaceId, role: 'admin' });
  let journal: ConversationJournal;

  /** Projections as the service writes them, with no journal behind. */
  beforeAll(async () => {
    journal = replicas.apps[0]!.get(ConversationJournal);
    await replicas.ask(receiveMessage, aMessage('+1'), { ...channel, workspaceId });
    const projections = replicas.database.collection<Projection<ConversationState>>('conversation_projection');
    const one = (await projections.findOne({ workspaceId }))!;
    const copies = (count: number, more: Pick<ConversationState, 'tray' | 'teamId' | 'assigneeId'>) =>
      Array.from({ length: count }, (): mongo.OptionalUnlessRequiredId<Projection<ConversationState>> => ({ ...one, ...more, queue: queueOf(more.teamId), _id: newId(), identityKey: newId() }));
    const all = [
      ...copies(1_200, { tray: 'unassigned', teamId: 'ventas', assigneeId: null }),
      ...copies(600, { tray: 'bot', teamId: null, assigneeId: null }),
      ...copies(399, { tray: 'bot', teamId: 'ventas', assigneeId: null }),
      ...copies(990, { tray: 'assigned', teamId: 'ventas', assigneeId: 'otro' }),
      ...copies(1_500, { tray: 'assigned', teamId: 'ventas', assigneeId: 'carla' }),
      ...copies(2_500, { tray: 'assigned', teamId: 'otra', assigneeId: 'otra' }),
    ];
    for (let from = 0; from < all.length; from += 1_000) await projections.insertMany(all.slice(from, from + 1_000));
  });

  it('1,000 stands for 1,000 or more, and anything below is exact', async () => {
    expect(await countsOf(carla)).toEqual({ unassigned: 1_000, mine: 1_000, agents: 990, bot: 999, mineUnread: 1_000 });
    expect(await countsOf(jefa)).toEqual({ unassigned: 1_000, mine: 0, agents: 1_000, bot: 999, mineUnread: 0 });
    expect(await countsOf({ ...carla, teamIds: [] })).toEqual({ unassigned: 1, mine: 1_000, agents: 0, bot: 600, mineUnread: 1_000 });
  });

  const examined = async (query: { explain(verbosity: 'executionStats'): Promise<unknown> }): Promise<{ totalKeysExamined: number; totalDocsExamined: number }> =>
    ((await query.explain('executionStats')) as { executionStats: { totalKeysExamined: number; totalDocsExamined: number } }).executionStats;

  it('no count examines more keys than its bound, nor any document', async () => {
    const active = { workspaceId, status: 'active' };
    for (const where of [{}, { queue: 'ventas' }, { queue: 'otra' }]) {
      for (const [tray, bound] of [['bot', countBound], ['unassigned', countBound], ['assigned', assignedBound]] as const) {
        const { totalKeysExamined, totalDocsExamined } = await examined(journal.countQuery({ ...active, tray, ...where }, bound));
        expect(totalKeysExamined).toBeLessThanOrEqual(bound);
        expect(totalDocsExamined).toBe(0);
      }
    }
    for (const agentId of ['carla', 'otra']) {
      const { totalKeysExamined } = await examined(journal.ownQuery(workspaceId, agentId, ownBound));
      expect(totalKeysExamined).toBeLessThanOrEqual(ownBound);
    }
  });

  it('what one agent has costs as much as they have', async () => {
    expect((await examined(journal.ownQuery(workspaceId, 'nadie', ownBound))).totalKeysExamined).toBeLessThanOrEqual(1);
    // A handful, in a workspace of thousands; rows of before their last change may count among them.
    expect((await examined(journal.countQuery({ workspaceId, status: 'active', tray: 'unassigned', queue: '-' }, countBound))).totalKeysExamined).toBeLessThan(10);
  });

  it('many who ask at once share their counts', async () => {
    const counted = jest.spyOn(ConversationJournal.prototype, 'countUpTo');
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => countsOf(index % 2 === 0 ? carla : jefa)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(2);
    const [trays, places, pauses] = [3, 3, Math.ceil((performance.now() - began) / 250)];
    expect(counted.mock.calls.length).toBeLessThanOrEqual(trays * places * replicas.apps.length * (1 + pauses));
    counted.mockRestore();
  });
});
