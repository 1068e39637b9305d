import { type AttachmentView, type LastFiles, queueOf } from '@relevo/contracts';
import { ordersOf } from '../lists/orders.js';
import { withMentions } from '../notes/mentions.js';
import { withHandover } from '../transfer/handover.js';
import { handedTo, takenOver } from '../transfer/transfer.js';
import { undoAfter } from '../undo/undo.js';
import { type ConversationEntry, type ConversationEntryOf, type ConversationState, type Custody, custodyOf, type Pending, type Undo } from './conversation.js';

const nothing: Pending = { count: 0, since: null };

/** Channels tell of a message within seconds or not at all; older ones are history. */
const keptDeliveries = 50;

type Folded = Omit<ConversationState, 'queue' | 'orders' | 'undo'>;

/** The state after an entry; the entry was decided, so nothing is refused here. */
export function fold(before: ConversationState | null, entry: ConversationEntry): ConversationState {
  const after = entry.type === 'opened' ? opened(entry) : before && changed(before, entry);
  if (!after) throw new Error(`${entry._id} follows nothing`);
  const state = { ...withHandover(withMentions(after, entry), before, entry), seq: entry.seq, at: entry.at, undo: before && withNewMessage(undoAfter(before, entry), entry) };
  return { ...state, queue: queueOf(state.teamId), orders: ordersOf(state) };
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
    tagIds: [],
    unanswered: nothing,
    unread: nothing,
    marked: null,
    queuedAt,
    assignedAt: startsIn === 'bot' ? null : at,
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
      const { unanswered, unread } = takenOver(state, at);
      return { ...state, tray: 'assigned', assigneeId: entry.data.agentId, assignedAt: at, unanswered, unread };
    }
    case 'handed-over': {
      const { unanswered, unread } = takenOver(state, at);
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
    case 'transferred':
      return { ...state, ...handedTo(custodyOf(state), entry.data.to, at) };
    case 'transfer-undone':
      return { ...state, ...state.undo?.custody };
    case 'close-undone':
      return { ...state, status: 'active', closedAt: null, closeReason: null };
    case 'tagged':
      return { ...state, tagIds: [...state.tagIds, entry.data.tagId] };
    case 'untagged':
      return { ...state, tagIds: state.tagIds.filter((id) => id !== entry.data.tagId) };
    case 'customer-changed': {
      const { customer, version } = entry.data;
      return { ...state, customer: { id: customer.id, name: customer.name }, customerVersion: version };
    }
    case 'note':
    case 'mentions-seen':
      return state;
  }
}

/** What a list says of a message's files. */
function lastFiles(attachments: readonly AttachmentView[]): { files?: LastFiles } {
  const [first] = attachments;
  return first ? { files: { count: attachments.length, mediaType: first.mediaType, ...(first.voice && { voiceMs: first.voice.durationMs }) } } : {};
}

function message(state: ConversationState, { at, actor, seq, data }: ConversationEntryOf<'message'>): Folded {
  const interaction = { lastInteractionAt: at, lastMessage: { authorKind: actor.kind, text: data.text, at, ...lastFiles(data.attachments) } };
  switch (actor.kind) {
    case 'customer':
      return { ...state, ...interaction, ...withOneMore(state, at), lastCustomerSeq: seq };
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

/** One more customer message waits; in the bot's tray without a clock. */
function withOneMore({ tray, unanswered, unread }: Custody, at: Date): Pick<Custody, 'unanswered' | 'unread'> {
  const clock = tray === 'bot' ? null : at;
  const oneMore = ({ count, since }: Pending): Pending => ({ count: count + 1, since: since ?? clock });
  return { unanswered: oneMore(unanswered), unread: oneMore(unread) };
}

/** What the customer writes after a transfer counts also where an undo would bring it back to. */
function withNewMessage(undo: Undo | null, { type, actor, at }: ConversationEntry): Undo | null {
  if (!undo?.custody || type !== 'message' || actor.kind !== 'customer') return undo;
  return { ...undo, custody: { ...undo.custody, ...withOneMore(undo.custody, at) } };
}
