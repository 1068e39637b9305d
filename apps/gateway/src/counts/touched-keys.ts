import { type Audience, type ConversationEvent, type CountKey, countKey, type EntryType } from '@relevo/contracts';

/** What of the counts an entry may change. */
type Effect = 'custody' | 'unread' | 'nothing';

/** `custody`: what is active, in which tray and whose; `unread`: of a message, only as `ofMessage` says. */
const effects: Readonly<Record<EntryType, Effect>> = {
  opened: 'custody',
  'handed-over': 'custody',
  assigned: 'custody',
  released: 'custody',
  transferred: 'custody',
  'transfer-undone': 'custody',
  closed: 'custody',
  'close-undone': 'custody',
  message: 'unread',
  read: 'unread',
  'marked-unread': 'unread',
  note: 'nothing',
  'customer-changed': 'nothing',
  delivery: 'nothing',
  tagged: 'nothing',
  untagged: 'nothing',
  superseded: 'nothing',
};

export interface Touched {
  readonly keys: readonly CountKey[];
  /** It only makes something read: whoever has nothing unread is not concerned. */
  readonly onlyReads?: boolean;
}

const untouched: Touched = { keys: [] };

/** Which counts an event may have changed, from the event alone; rather one too many than one too few. */
export function touchedBy(event: ConversationEvent): Touched {
  const { entry, before, after } = event;
  switch (effects[entry.type]) {
    case 'custody':
      return { keys: [...new Set([countKey.all, ...(before ? placesOf(before) : []), ...placesOf(after)])] };
    case 'unread':
      return ofUnread(event);
    case 'nothing':
      return untouched;
  }
}

const placesOf = ({ teamId, assigneeId }: Audience): CountKey[] => [countKey.queue(teamId), ...(assigneeId === null ? [] : [countKey.agent(assigneeId)])];

/** What is unread is counted for whoever it is assigned to, and for nobody else. */
function ofUnread({ entry, conversation, after }: ConversationEvent): Touched {
  if (after.assigneeId === null) return untouched;
  const keys = [countKey.agent(after.assigneeId)];
  if (entry.type === 'marked-unread') return { keys };
  if (entry.type === 'read' || entry.actor.kind === 'agent') return { keys, onlyReads: true };
  // The second message of a customer, or one in a conversation that was marked, makes nothing more unread.
  return entry.actor.kind === 'customer' && conversation.unread.count === 1 && !conversation.unread.marked ? { keys } : untouched;
}
