import { readFileSync } from 'node:fs';
import type { Controlled } from './control.js';
import type { Fault } from './faults.js';

// Runs first in every process of `conversations` that the model is tried on (`--import`, see `control.ts`): Node takes
// the types away and nothing else of ours is compiled. The service's own code stays as it was built; only what it is asked
// through is wrapped: its clock, its fold, its lists and its counters.

const file = process.env.MODEL_TEST_CONTROL ?? '';
const controlled = (): Controlled => JSON.parse(readFileSync(file, 'utf8')) as Controlled;

const built = (path: string): string => new URL(`../../../../${path}`, import.meta.url).href;

interface Agent {
  readonly role: string;
}

/** What of a conversation's state the faults need. */
interface State {
  readonly tray: string;
  readonly assigneeId: string | null;
  readonly unread: { readonly count: number; readonly since: Date | null };
  readonly orders: object;
}

interface Entry {
  readonly type: string;
  readonly at: Date;
  readonly actor: { readonly kind: string; readonly id: string };
}

type Fold = (before: State | null, entry: Entry) => State;

interface Journal {
  readonly aggregate: { fold: Fold };
}

const { DatabaseClock } = (await import(built('libs/platform/dist/index.js'))) as { DatabaseClock: { prototype: { now: (this: unknown) => Date } } };
const { ConversationJournal } = (await import(built('apps/conversations/dist/conversation/conversation.journal.js'))) as {
  ConversationJournal: { prototype: { onModuleInit: (this: Journal) => Promise<void> } };
};
const { ConversationLists } = (await import(built('apps/conversations/dist/lists/conversation-lists.js'))) as {
  ConversationLists: { prototype: { page: (this: unknown, agent: Agent, ...more: unknown[]) => unknown } };
};
const { TrayCounter } = (await import(built('apps/conversations/dist/counts/tray-counter.js'))) as {
  TrayCounter: { prototype: { count: (this: unknown, workspaceId: string, keys: readonly string[]) => Promise<Map<string, unknown>> } };
};

const { now } = DatabaseClock.prototype;
DatabaseClock.prototype.now = function () {
  return new Date(now.call(this).getTime() + controlled().aheadMs);
};

/** What a fold of theirs would make of an entry, that has the fault. */
const faultyFolds: Partial<Record<Fault, (before: State, entry: Entry, after: State) => State>> = {
  /** A transfer to an agent gives it to whoever transferred it. */
  assignee: (_, { type, actor }, after) => (type === 'transferred' && after.assigneeId ? { ...after, assigneeId: actor.id } : after),
  /** An answer leaves unread what it answers. */
  unread: (before, { type, actor }, after) => (type === 'message' && actor.kind === 'agent' ? { ...after, unread: before.unread } : after),
  /** Each message starts the clock again. */
  waiting: (_, { type, actor, at }, after) => (type === 'message' && actor.kind === 'customer' && after.unread.since ? { ...after, unread: { ...after.unread, since: at } } : after),
  /** An answer does not move it. */
  order: (before, { type, actor }, after) => (type === 'message' && actor.kind === 'agent' ? { ...after, orders: before.orders } : after),
  /** Handed to a team it stays where it was. */
  trays: (before, { type }, after) => (type === 'transferred' ? { ...after, tray: before.tray } : after),
};

const { onModuleInit } = ConversationJournal.prototype;
ConversationJournal.prototype.onModuleInit = function () {
  const { fold } = this.aggregate;
  this.aggregate.fold = (before, entry) => {
    const after = fold(before, entry);
    const { fault } = controlled();
    return (fault && before && faultyFolds[fault]?.(before, entry, after)) ?? after;
  };
  return onModuleInit.call(this);
};

/** Lists are made as if their agent saw all. */
const { page } = ConversationLists.prototype;
ConversationLists.prototype.page = function (agent, ...more) {
  return page.call(this, controlled().fault === 'visibility' ? { ...agent, role: 'supervisor' } : agent, ...more);
};

/** What was counted once is not counted again. */
const { count } = TrayCounter.prototype;
const counted = new Map<string, unknown>();
TrayCounter.prototype.count = async function (workspaceId, keys) {
  const counts = await count.call(this, workspaceId, keys);
  if (controlled().fault !== 'counters') return counts;
  for (const [key, value] of counts) if (!counted.has(workspaceId + key)) counted.set(workspaceId + key, value);
  return new Map(keys.map((key) => [key, counted.get(workspaceId + key)]));
};
