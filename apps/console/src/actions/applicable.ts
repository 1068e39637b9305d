import type { AgentView, ConversationView } from '@relevo/contracts';

export const actions = ['claim', 'markRead', 'markUnread', 'transfer', 'release', 'close', 'undo'] as const;
export type Action = (typeof actions)[number];

type Person = Pick<AgentView, 'id' | 'role'>;
type Subject = Pick<ConversationView, 'status' | 'tray' | 'assigneeId' | 'unread' | 'undoUntil'>;

export const isUnread = ({ unread }: Pick<ConversationView, 'unread'>): boolean => unread.count > 0 || unread.marked;

export const isMine = ({ assigneeId }: Pick<ConversationView, 'assigneeId'>, me: Pick<AgentView, 'id'>): boolean => assigneeId === me.id;

/** Whether a rule of the product lets them write to the customer: their own, or anybody's who supervises. */
export const maySend = (conversation: Subject, me: Person): boolean =>
  conversation.status === 'active' && (isMine(conversation, me) || (me.role !== 'agent' && conversation.tray === 'assigned'));

/** What applies to a conversation, for whoever looks at it (product rules). The services decide again. */
export function applicable(conversation: Subject, me: Person, now: number): ReadonlySet<Action> {
  const { status, tray, assigneeId, undoUntil } = conversation;
  const isActive = status === 'active';
  const isOwn = assigneeId === me.id;
  const supervises = me.role !== 'agent';
  const applies: Readonly<Record<Action, boolean>> = {
    claim: isActive && tray !== 'assigned',
    markRead: isActive && isOwn && isUnread(conversation),
    markUnread: isActive && isOwn && !isUnread(conversation),
    transfer: isActive && (tray !== 'assigned' || isOwn || supervises),
    release: isActive && tray === 'assigned' && (isOwn || supervises),
    close: isActive && (isOwn || supervises),
    undo: undoUntil !== null && Date.parse(undoUntil) > now,
  };
  return new Set(actions.filter((action) => applies[action]));
}
