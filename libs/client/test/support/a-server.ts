import type { AgentView, ConversationView, Entry } from '@relevo/contracts';
import type { Conversations } from '../../src/conversations/conversations.js';
import { isBefore, type Place, placeOf } from '../../src/lists/order.js';
import { accepts, type ListQuery } from '../../src/lists/query.js';
import type { ListPage } from '../../src/lists/window.js';
import type { LiveEvent } from '../../src/live-state.js';

/** What a change may do to a conversation. */
export type Change = Partial<Pick<ConversationView, 'tray' | 'status' | 'teamId' | 'assigneeId' | 'tagIds' | 'waitingSince' | 'lastInteractionAt' | 'assignedAt' | 'unread' | 'mentions'>>;

const start = Date.parse('2026-01-05T09:00:00.000Z');
/** Minutes after the beginning: few, so that many are the same. */
export const timeAt = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();

export function aConversation(id: string, given: Change & { readonly seq?: number } = {}): ConversationView {
  const at = timeAt(0);
  return {
    id,
    number: 1,
    channelId: 'web',
    direction: 'inbound',
    status: 'active',
    tray: 'unassigned',
    customer: { id: `customer of ${id}`, name: 'Lucía' },
    teamId: null,
    assigneeId: null,
    tagIds: [],
    unread: { count: 0, marked: false },
    waitingSince: null,
    unansweredSince: null,
    assignedAt: at,
    lastInteractionAt: at,
    lastMessage: null,
    openedAt: at,
    closedAt: null,
    closeReason: null,
    closesAt: null,
    undoUntil: null,
    seq: 1,
    ...given,
  };
}

export const anEntry = (conversationId: string, seq: number): Entry => ({
  conversationId,
  seq,
  type: 'message',
  visibility: 'public',
  at: timeAt(seq),
  actor: { kind: 'customer', id: 'lucia', name: 'Lucía' },
  data: { text: `${conversationId} ${seq}`, attachments: [] },
});

export const ana = { id: 'ana', role: 'agent', teamIds: ['ventas'] } as unknown as AgentView;

const sees = (view: ConversationView): boolean => accepts({ status: view.status }, ana, view, 0);

interface Asked {
  readonly query: ListQuery;
  readonly page: { readonly limit: number; readonly cursor?: string };
  readonly answer: (page: ListPage) => void;
  read: ListPage | null;
}

/** The server's side of lists: it changes at once, and is read, heard and answered when the test says so. */
export class Server {
  readonly conversations = new Map<string, ConversationView>();
  private readonly told: LiveEvent[] = [];
  private readonly answers: (() => void)[] = [];
  private readonly asked: Asked[] = [];

  /** As `GET /conversations` takes it. */
  readonly ask = (query: ListQuery, page: { limit: number; cursor?: string }): Promise<ListPage> =>
    new Promise((answer) => this.asked.push({ query, page, answer, read: null }));

  get isIdle(): boolean {
    return this.asked.length === 0;
  }

  /** `by`: whoever asked for it, and is answered later. */
  change(id: string, change: Change, by?: Conversations): void {
    const before = this.conversations.get(id);
    const view = aConversation(id, { ...before, ...change, seq: (before?.seq ?? 0) + 1 });
    this.conversations.set(id, view);
    const cursor = `e.${view.seq}`;
    const news = { cursor, conversationId: id, seq: view.seq };
    if (sees(view)) this.told.push({ name: 'timeline.entry', payload: { ...news, entry: anEntry(id, view.seq), conversation: view } });
    else if (before && sees(before)) this.told.push({ name: 'conversation.removed', payload: news });
    if (by && before && sees(before)) void by.effectOf(new Promise((resolve) => this.answers.push(() => resolve({ entry: null, conversation: view }))));
  }

  /** The events that come next. */
  tell(conversations: Conversations, count: number): void {
    for (const event of this.told.splice(0, count)) conversations.hear(event);
  }

  /** Answers of commands come by another way than events, and may overtake them or be overtaken. */
  answer(count: number): void {
    for (const answer of this.answers.splice(0, count)) answer();
  }

  /** A disconnect that cannot be made up for. */
  lose(): void {
    this.told.length = 0;
  }

  /** Pages are read now, and answered later. */
  read(): void {
    for (const one of this.asked) one.read ??= this.pageOf(one);
  }

  /** The page asked for first arrives. */
  deliver(): void {
    const one = this.asked.shift();
    one?.answer(one.read ?? this.pageOf(one));
  }

  /** The page asked for first arrives with this in it, for what only a server can know. */
  answerWith(page: ListPage): void {
    this.asked.shift()?.answer(page);
  }

  /** The list as it is now. */
  all(query: ListQuery): ConversationView[] {
    return this.sorted(query).filter((view) => accepts(query, ana, view, 0));
  }

  private sorted({ sort = 'waiting' }: ListQuery): ConversationView[] {
    return [...this.conversations.values()].sort((a, b) => (isBefore(placeOf(sort, a), placeOf(sort, b)) ? -1 : 1));
  }

  /** Short, and looks at few, as a page does that has much to leave out. */
  private pageOf({ query, page }: Asked): ListPage {
    const limit = Math.min(page.limit, 3);
    const sort = query.sort ?? 'waiting';
    const from = page.cursor === undefined ? null : (JSON.parse(page.cursor) as Place);
    const rest = this.sorted(query).filter((view) => from === null || isBefore(from, placeOf(sort, view)));
    const examined = rest.slice(0, 5);
    const items: ConversationView[] = [];
    let last: ConversationView | null = null;
    for (const view of examined) {
      if (items.length === limit) break;
      if (accepts(query, ana, view, 0)) items.push(view);
      last = view;
    }
    const isEnd = last === null || last === rest.at(-1);
    return { items, nextCursor: isEnd ? null : JSON.stringify(placeOf(sort, last!)) };
  }
}
