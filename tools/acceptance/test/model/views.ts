import type { ConversationView, Entry, EntryActor, EntryType } from '@relevo/contracts';
import { type CustomerName, type Ids, type Name, robot } from './cast.js';
import { type Conversation, type Handover, waitingSince } from './conversation.js';

const day = 24 * 3_600_000;

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** All but the number, which the server chooses. */
export type ExpectedView = Omit<ConversationView, 'number'>;

/** A conversation as agents should see it. A closed one shows zero and null. */
export function viewOf(c: Conversation, ids: Ids): ExpectedView {
  const active = c.status === 'active';
  return {
    id: c.id,
    channelId: ids.channels[c.channel],
    direction: c.direction,
    status: c.status,
    tray: c.tray,
    customer: { id: ids.customers.get(c.customer)!, name: c.customer },
    teamId: c.team && ids.teams[c.team],
    assigneeId: c.assignee && ids.agents[c.assignee],
    tagIds: c.tags.map((tag) => ids.tags[tag]),
    unread: { count: active ? c.unread.count : 0, marked: active && c.marked !== null },
    waitingSince: iso(waitingSince(c)),
    unansweredSince: active ? iso(c.unanswered.since) : null,
    assignedAt: iso(c.assignedAt),
    lastInteractionAt: iso(c.lastInteractionAt)!,
    lastMessage: c.lastMessage && { ...c.lastMessage, at: iso(c.lastMessage.at)!, ...(c.lastMessage.authorKind === 'agent' && { authorId: ids.agents[c.replies.at(-1)!.by] }) },
    openedAt: iso(c.openedAt)!,
    closedAt: iso(c.closedAt),
    closeReason: c.closeReason,
    closesAt: active ? iso(c.lastInteractionAt + day) : null,
    undoUntil: iso(c.undo?.until ?? null),
    mentions: c.mentions.length === 0 ? undefined : c.mentions.map(({ who, seq }) => ({ agentId: ids.agents[who], seq })),
    handover: c.handover ? handoverOf(c.handover, ids) : undefined,
    seq: c.seq,
  };
}

const handoverOf = ({ by, seq, at, note }: Handover, ids: Ids): ConversationView['handover'] => ({ by: ids.agents[by], seq, at: iso(at)!, ...(note !== null && { note }) });

const seenByCustomers: readonly EntryType[] = ['opened', 'message', 'closed'];

export const entryOf = ({ id, seq }: Conversation, type: EntryType, at: number, actor: EntryActor, data: object): Entry => ({
  conversationId: id,
  seq,
  type,
  visibility: seenByCustomers.includes(type) ? 'public' : 'internal',
  at: iso(at)!,
  actor,
  data,
});

export const agentActor = (name: Name, ids: Ids): EntryActor => ({ kind: 'agent', id: ids.agents[name], name });
export const customerActor = (name: CustomerName, ids: Ids): EntryActor => ({ kind: 'customer', id: ids.customers.get(name)!, name });
export const robotActor: EntryActor = robot;
export const ownActor: EntryActor = { kind: 'system', id: 'conversations', name: 'Relevo' };
export const schedulerActor: EntryActor = { kind: 'system', id: 'scheduler', name: 'Relevo' };
