import { type AgentActor, ConversationPage, type ConversationSort, conversationSorts, type ListConversations, listConversations, queueOf, receiveMessage, sendMessage, validateShape } from '@relevo/contracts';
import { type Projection } from '@relevo/journal';
import { newId } from '@relevo/platform';
import { eventually, type Replicas, startReplicas } from '@relevo/testing';
import type { mongo } from 'mongoose';
import { compose } from '../src/app.module.js';
import type { ConversationState } from '../src/conversation/conversation.js';
import { ordersOf } from '../src/lists/orders.js';
import { anAgent } from './a-conversation.js';
import { aMessage } from './a-message.js';

const workspaceId = 'listas';
const ana = anAgent('ana', { workspaceId, teamIds: ['ventas', 'soporte'] });
const boss = anAgent('boss', { workspaceId, role: 'supervisor' });
const channel = { kind: 'channel', workspaceId, id: 'api' } as const;

const count = 10_000;

let replicas: Replicas;

/** Projections as the service itself writes them, many times over, in all trays and teams; no journal is behind them. */
async function fill(): Promise<void> {
  await replicas.ask(receiveMessage, aMessage('+1'), channel);
  const projections = replicas.database.collection<Projection<ConversationState>>('conversation_projection');
  const one = (await projections.findOne({ workspaceId }))!;
  const start = one.openedAt.getTime() - 1_000_000;
  const copies = Array.from({ length: count }, (_, index): mongo.OptionalUnlessRequiredId<Projection<ConversationState>> => {
    const [openedAt, at] = [new Date(start + index), new Date(start + ((index * 7_919) % count))];
    const assigneeId = index % 4 === 0 ? (index % 8 === 0 ? 'ana' : 'beto') : null;
    const unread = index % 3 === 0 ? { count: 1, since: at } : { count: 0, since: null };
    const state = { ...one, openedAt, assignedAt: openedAt, lastInteractionAt: at, unread };
    const copy = { ...state, assigneeId, tray: assigneeId === null ? 'unassigned' : 'assigned', teamId: [null, 'ventas', 'soporte', 'otra'][index % 4 === 0 ? (index / 4) % 4 : index % 4], tagIds: index % 100 === 0 ? ['vip'] : [], direction: index % 50 === 0 ? 'outbound' : 'inbound' } as const;
    return { ...copy, teamId: copy.teamId ?? null, queue: queueOf(copy.teamId ?? null), tagIds: [...copy.tagIds], _id: `copia${String(index).padStart(6, '0')}`, identityKey: `copia${index}`, orders: ordersOf(state) };
  });
  for (let from = 0; from < count; from += 1_000) await projections.insertMany(copies.slice(from, from + 1_000));
}

beforeAll(async () => {
  replicas = await startReplicas({ service: 'conversations', compose });
  await fill();
});

afterAll(() => replicas?.stop());

const list = async (agent: AgentActor, query: Partial<ListConversations> = {}): Promise<ConversationPage> =>
  validateShape(ConversationPage, await replicas.ask(listConversations, query, agent), { maxParts: 10_000 });

async function whole(agent: AgentActor, query: Partial<ListConversations>): Promise<ConversationPage['items']> {
  const items: ConversationPage['items'] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: ConversationPage = await list(agent, { ...query, limit: 100, ...(cursor !== undefined && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

const keysOf: Record<ConversationSort, (row: ConversationPage['items'][number]) => string> = {
  // Above 9 are no times: those not waiting come last, newest interaction first.
  waiting: ({ waitingSince, lastInteractionAt }) => waitingSince ?? `9${String(2 ** 52 - Date.parse(lastInteractionAt)).padStart(17, '0')}`,
  activity: ({ lastInteractionAt }) => String(2 ** 52 - Date.parse(lastInteractionAt)).padStart(17, '0'),
  assigned: ({ assignedAt, openedAt }) => assignedAt ?? openedAt,
};

describe.each(conversationSorts)('the order %s', (sort) => {
  it('is kept over all pages, each row once, of what the agent may see', async () => {
    const rows = await whole(ana, { sort, tray: 'unassigned' });
    expect(rows.length).toBeGreaterThan(count / 4);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.some(({ teamId }) => teamId === 'otra')).toBe(false);
    const keys = rows.map(keysOf[sort]);
    expect(keys).toEqual([...keys].sort());
  });
});

describe('filters', () => {
  it.each<[string, Partial<ListConversations>, (row: ConversationPage['items'][number]) => boolean, number]>([
    ['direction', { direction: 'outbound' }, ({ direction }) => direction === 'outbound', count / 50],
    ['tag', { tagId: 'vip' }, ({ tagIds }) => tagIds.includes('vip'), count / 100],
    ['assignee', { assigneeId: 'beto' }, ({ assigneeId }) => assigneeId === 'beto', count / 8],
    ['team', { teamId: 'otra', tray: 'unassigned' }, ({ teamId, tray }) => teamId === 'otra' && tray === 'unassigned', count / 4],
    ['tag and unread', { tagId: 'vip', unread: true }, ({ tagIds, unread }) => tagIds.includes('vip') && unread.count > 0, 34],
  ])('by %s shows just those', async (_, query, matches, expected) => {
    for (const sort of conversationSorts) {
      const rows = await whole(boss, { ...query, sort });
      expect(rows.every(matches)).toBe(true);
      expect(rows).toHaveLength(Math.ceil(expected));
    }
  });

  it('by what only few rows have still look at a bounded number of rows, and go on', async () => {
    const page = await list(ana, { tray: 'agents', unread: false, sort: 'activity', limit: 100 });
    expect(page.items.every(({ assigneeId, unread }) => assigneeId === 'beto' && unread.count === 0)).toBe(true);
    const rows = await whole(ana, { tray: 'agents', unread: true, sort: 'activity' });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ assigneeId, unread }) => assigneeId === 'beto' && unread.count > 0)).toBe(true);
  });

  it('refuse a cursor of another order', async () => {
    const { nextCursor } = await list(boss, { sort: 'activity', limit: 1 });
    await expect(list(boss, { sort: 'waiting', cursor: nextCursor! })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'cursor' }] });
  });
});

it('pages through all rows while others move: none whose key stayed is missing or twice', async () => {
  const moving = await Promise.all(Array.from({ length: 20 }, (_, index) => replicas.ask(receiveMessage, aMessage(`+9${index}`), channel)));
  const stop = new AbortController();
  let moves = 0;
  const mover = (async () => {
    while (!stop.signal.aborted) {
      await replicas.ask(sendMessage, { conversationId: moving[moves % moving.length]!.conversationId, commandId: newId(), text: 'va' }, boss);
      moves += 1;
    }
  })();
  const seen = new Map<string, number>();
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const before = moves;
    const page = await list(boss, { sort: 'activity', tray: 'unassigned', limit: 100, ...(cursor !== undefined && { cursor }) });
    for (const { id } of page.items) seen.set(id, (seen.get(id) ?? 0) + 1);
    cursor = page.nextCursor;
    // However slow the one and fast the other: between two pages something moved.
    await eventually(() => expect(moves).toBeGreaterThan(before));
  }
  stop.abort();
  await mover;
  const still = [...seen].filter(([id]) => id.startsWith('copia'));
  expect(still).toHaveLength((count * 3) / 4);
  expect(still.every(([, times]) => times === 1)).toBe(true);
});
