import fc from 'fast-check';
import { ana, type Change, Server, timeAt } from '../../test/support/a-server.js';
import type { ReplyOf, RequestOf } from '../api/operations.js';
import { Conversations } from '../conversations/conversations.js';
import type { ConversationList } from './conversation-list.js';
import type { ListQuery } from './query.js';

/** What follows from an answer has happened: no timer is part of it. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

const ids = 'abcdefghijklmnopqrstuvwx';

const someone = fc.constantFrom(null, 'ana', 'beto');
const change: fc.Arbitrary<Change> = fc.record(
  {
    tray: fc.constantFrom('unassigned' as const, 'assigned' as const),
    status: fc.constantFrom('active' as const, 'active' as const, 'active' as const, 'closed' as const),
    teamId: fc.constantFrom(null, null, 'ventas', 'ventas', 'soporte'),
    assigneeId: someone,
    tagIds: fc.constantFrom([], ['vip']),
    waitingSince: fc.option(fc.nat({ max: 5 }).map(timeAt)),
    lastInteractionAt: fc.nat({ max: 9 }).map(timeAt),
    assignedAt: fc.nat({ max: 5 }).map(timeAt),
    unread: fc.record({ count: fc.nat({ max: 1 }), marked: fc.boolean() }),
    mentions: fc.constantFrom(undefined, [{ agentId: 'ana', seq: 1 }], [{ agentId: 'beto', seq: 1 }]),
  },
  { requiredKeys: [] },
);

const sort = fc.constantFrom('waiting' as const, 'activity' as const, 'assigned' as const);
const filters = fc.constantFrom<Omit<ListQuery, 'sort'>>({}, {}, { tray: 'unassigned' }, { tray: 'mine' }, { tray: 'agents' }, { tagId: 'vip' }, { unread: true }, { status: 'closed' }, { mentioned: true }, { mentioned: false }, { tray: 'all', teamId: 'ventas', unread: false });
const query: fc.Arbitrary<ListQuery> = fc.record({ sort, filters }).map(({ sort, filters }) => ({ sort, ...filters }));

/** What is there before anybody looks. */
const beginning = fc.array(change, { minLength: ids.length, maxLength: ids.length });

type Step =
  | { readonly do: 'change'; readonly id: string; readonly change: Change; readonly answered: boolean }
  | { readonly do: 'tell' | 'answer'; readonly count: number }
  | { readonly do: 'read' | 'deliver' | 'more' | 'resync' | 'hold' | 'updates' | 'release' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('change' as const), id: fc.constantFrom(...ids, ...'abcdabcdabcdabcd'), change, answered: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('tell' as const, 'answer' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('read' as const, 'deliver' as const, 'more' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('resync' as const, 'hold' as const, 'updates' as const, 'release' as const) }) },
);

/** Small, so that a handful of conversations are several pages. */
const pageSize = 3;

class Scene {
  readonly server = new Server();
  readonly conversations: Conversations;
  readonly list: ConversationList;

  constructor(query: ListQuery, beginning: readonly Change[]) {
    beginning.forEach((change, index) => this.server.change(ids.charAt(index), change));
    this.server.lose();
    const ask = (_: string, { limit, cursor, ...asked }: RequestOf<'GET /conversations'>): Promise<ReplyOf<'GET /conversations'>> =>
      this.server.ask(asked, { limit: limit ?? pageSize, ...(cursor !== undefined && { cursor }) }) as Promise<ReplyOf<'GET /conversations'>>;
    this.conversations = new Conversations({ ask: ask }, () => ana, pageSize);
    this.list = this.conversations.list(query);
    void this.conversations.reload();
  }

  get ids(): string[] {
    return this.list.getSnapshot().rows.map(({ conversation }) => conversation.id);
  }

  async take(one: Step): Promise<void> {
    const { server, conversations, list } = this;
    switch (one.do) {
      case 'change':
        return server.change(one.id, one.change, one.answered ? conversations : undefined);
      case 'tell':
        return server.tell(conversations, one.count);
      case 'answer':
        server.answer(one.count);
        return settled();
      case 'read':
        return server.read();
      case 'deliver':
        server.deliver();
        return settled();
      case 'more':
        return list.loadMore();
      case 'resync':
        server.lose();
        void conversations.reload();
        return;
      case 'hold':
        return list.hold();
      case 'updates':
        return list.applyUpdates();
      case 'release':
        return list.release();
    }
  }

  /** Everything that is on its way arrives. */
  async settle(): Promise<void> {
    this.server.tell(this.conversations, Infinity);
    this.server.answer(Infinity);
    do {
      this.server.deliver();
      await settled();
    } while (!this.server.isIdle);
  }
}

it('whatever came in whichever order, a list is what the server would answer now, as far as it was loaded', async () => {
  const reached = { whole: 0, part: 0, rows: 0 };
  await fc.assert(
    fc.asyncProperty(query, beginning, fc.array(step, { minLength: 30, maxLength: 120 }), async (asked, initial, steps) => {
      const scene = new Scene(asked, initial);
      for (const one of steps) await scene.take(one);
      await scene.settle();
      scene.list.release();
      scene.conversations.clear();
      const fresh = scene.server.all(asked);
      const { rows, hasMore } = scene.list.getSnapshot();
      expect(rows.map(({ conversation }) => conversation)).toEqual(hasMore ? fresh.slice(0, rows.length) : fresh);
      reached[hasMore ? 'part' : 'whole'] += 1;
      reached.rows += rows.length;
    }),
    { seed: 20261128, numRuns: 500 },
  );
  // Else it proves little.
  expect(reached.whole).toBeGreaterThan(100);
  expect(reached.part).toBeGreaterThan(50);
  expect(reached.rows).toBeGreaterThan(1_500);
});

it('no row of a held list moves, whatever happens, and what it shows goes on and never back', async () => {
  let updates = 0;
  await fc.assert(
    fc.asyncProperty(query, beginning, fc.array(step, { minLength: 10, maxLength: 40 }), fc.array(step, { minLength: 20, maxLength: 60 }), async (asked, initial, before, steps) => {
      const scene = new Scene(asked, initial);
      for (const one of before) await scene.take(one);
      scene.list.hold();
      let ids = scene.ids;
      const shown = new Map<string, number>();
      for (const one of steps) {
        if (one.do === 'updates' || one.do === 'release') continue;
        await scene.take(one);
        expect(scene.ids.slice(0, ids.length)).toEqual(ids);
        expect(new Set(scene.ids).size).toBe(scene.ids.length);
        ids = scene.ids;
        for (const { conversation } of scene.list.getSnapshot().rows) {
          expect(conversation.seq).toBeGreaterThanOrEqual(shown.get(conversation.id) ?? 0);
          shown.set(conversation.id, conversation.seq);
        }
      }
      updates += scene.list.getSnapshot().updates;
      const isSettled = scene.list.getSnapshot().updates === 0;
      scene.list.applyUpdates();
      if (isSettled) expect(scene.ids).toEqual(ids);
      expect(scene.list.getSnapshot().updates).toBe(0);
      scene.conversations.clear();
    }),
    { seed: 20261129, numRuns: 150 },
  );
  expect(updates).toBeGreaterThan(100);
});

it('what a search found stays as it was answered, shows what comes, and leaves with its filters', async () => {
  const scene = new Scene({ q: 'pedido', status: 'active' }, [{}, {}, {}]);
  const { server, conversations, list } = scene;
  // In whichever order the server says.
  const answer = async (...found: string[]): Promise<void> => {
    server.answerWith({ items: found.map((id) => server.conversations.get(id)!), nextCursor: null });
    await settled();
  };
  await answer('c', 'a', 'b');
  expect(scene.ids).toEqual(['c', 'a', 'b']);
  server.change('a', { lastInteractionAt: timeAt(9) });
  server.change('d', { lastInteractionAt: timeAt(9) });
  server.change('b', { status: 'closed' });
  server.tell(conversations, Infinity);
  expect(scene.ids).toEqual(['c', 'a']);
  expect(list.getSnapshot().rows[1]!.conversation.seq).toBe(2);
  void conversations.reload();
  server.change('c', {});
  server.tell(conversations, Infinity);
  await answer('d', 'a');
  expect(scene.ids).toEqual(['d', 'a']);
  conversations.clear();
});

it('what each row of a search was found by stays with it while events change the row', async () => {
  const scene = new Scene({ q: 'caja' }, [{}, {}]);
  const { server, conversations, list } = scene;
  const found = { in: 'message', text: 'la caja', marks: [{ from: 3, to: 7 }], seq: 2 } as const;
  server.answerWith({ items: [{ ...server.conversations.get('a')!, found: { ...found, marks: [...found.marks] } }, server.conversations.get('b')!], nextCursor: null });
  await settled();
  server.change('a', { lastInteractionAt: timeAt(9) });
  server.tell(conversations, Infinity);
  expect(list.getSnapshot().rows[0]!.conversation.seq).toBe(2);
  expect([list.foundBy('a'), list.foundBy('b'), list.foundBy('c')]).toEqual([found, undefined, undefined]);
  conversations.clear();
});
