import type { ConversationEntry, ConversationEntryOf, ConversationState, Pending } from './conversation.js';
import { waitingOrderOf } from './waiting.js';

const nothing: Pending = { count: 0, since: null };

/** Channels tell of a message within seconds or not at all; older ones are history. */
const keptDeliveries = 50;

type Folded = Omit<ConversationState, 'waitingOrder'>;

/** The state after an entry; the entry was decided, so nothing is refused here. */
export function fold(before: ConversationState | null, entry: ConversationEntry): ConversationState {
  const after = entry.type === 'opened' ? opened(entry) : before && changed(before, entry);
  if (!after) throw new Error(`${entry._id} follows nothing`);
  const state = { ...after, seq: entry.seq, at: entry.at };
  return { ...state, waitingOrder: waitingOrderOf(state) };
}

function opened({ workspaceId, at, seq, data }: ConversationEntryOf<'opened'>): Folded {
  const { startsIn, ...opening } = data;
  const queuedAt = startsIn === 'unassigned' ? at : null;
  return {
    ...opening,
    workspaceId,
    seq,
    at,
    status: 'active',
    tray: startsIn,
    assigneeId: null,
    tagIds: [],
    unanswered: nothing,
    unread: nothing,
    marked: null,
    queuedAt,
    assignedAt: queuedAt,
    openedAt: at,
    lastInteractionAt: at,
    lastMessage: null,
    lastCustomerSeq: 0,
    replies: [],
    deliveries: [],
    closedAt: null,
    closeReason: null,
    superseded: false,
  };
}

function changed(state: ConversationState, entry: Exclude<ConversationEntry, { type: 'opened' }>): Folded {
  const { at } = entry;
  switch (entry.type) {
    case 'message':
      return message(state, entry);
    case 'assigned': {
      const { unanswered, unread } = resumed(state, at);
      return { ...state, tray: 'assigned', assigneeId: entry.data.agentId, assignedAt: at, unanswered, unread };
    }
    case 'handed-over': {
      const { unanswered, unread } = resumed(state, at);
      return { ...state, tray: 'unassigned', teamId: entry.data.teamId, queuedAt: at, assignedAt: at, unanswered, unread };
    }
    case 'released': {
      const queuedAt = state.queuedAt ?? at;
      return { ...state, tray: 'unassigned', assigneeId: null, queuedAt, assignedAt: queuedAt, unread: state.unanswered };
    }
    case 'read':
      return { ...state, unread: nothing, marked: null };
    case 'marked-unread':
      return { ...state, marked: state.unanswered.since ?? at };
    case 'closed':
      return { ...state, status: 'closed', closedAt: at, closeReason: entry.data.reason };
    case 'superseded':
      return { ...state, superseded: true };
    case 'delivery': {
      const { ofSeq, status } = entry.data;
      const others = state.deliveries.filter(({ seq }) => seq !== ofSeq);
      return { ...state, deliveries: [...others, { seq: ofSeq, status }].slice(-keptDeliveries) };
    }
    case 'note':
      return state;
  }
}

/** Somebody else becomes responsible: unread is what is unanswered. Out of the bot's tray the clocks start now. */
function resumed(state: ConversationState, at: Date): { unanswered: Pending; unread: Pending } {
  const { unanswered } = state;
  const since = state.tray === 'bot' && unanswered.count > 0 ? at : unanswered.since;
  return { unanswered: { ...unanswered, since }, unread: { ...unanswered, since } };
}

function message(state: ConversationState, { at, actor, seq, data }: ConversationEntryOf<'message'>): Folded {
  const interaction = { lastInteractionAt: at, lastMessage: { authorKind: actor.kind, text: data.text, at } };
  switch (actor.kind) {
    case 'customer': {
      const clock = state.tray === 'bot' ? null : at;
      // A name may become known after the first message.
      const customer = { id: actor.id, name: actor.name };
      const oneMore = ({ count, since }: Pending): Pending => ({ count: count + 1, since: since ?? clock });
      return { ...state, ...interaction, customer, unanswered: oneMore(state.unanswered), unread: oneMore(state.unread), lastCustomerSeq: seq };
    }
    case 'agent': {
      const others = state.replies.filter(({ agentId }) => agentId !== actor.id);
      const replies = [{ agentId: actor.id, seq }, ...others].slice(0, 2);
      return { ...state, ...interaction, unanswered: nothing, unread: nothing, marked: null, replies };
    }
    case 'bot':
    case 'system':
      return { ...state, ...interaction };
  }
}
