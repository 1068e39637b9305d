import { type Audience, type ConversationEvent, type ConversationView, type CountKey, countKey, type EntryData, type EntryType } from '@relevo/contracts';

/** What of the counts an entry may change. */
type Effect = 'custody' | 'unread' | 'mentions' | 'nothing';

/** `custody`: what is active, in which tray and whose; `unread`: of a message, only as `ofUnread` says; `mentions`: what waits for whom notes name. */
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
  note: 'mentions',
  'mentions-seen': 'mentions',
  'customer-changed': 'nothing',
  delivery: 'nothing',
  tagged: 'nothing',
  untagged: 'nothing',
  superseded: 'nothing',
};

export interface Touched {
  readonly keys: readonly CountKey[];
  /** It only makes something read or seen: whoever has nothing that is not, is not concerned. */
  readonly onlyReads?: boolean;
}

const untouched: Touched = { keys: [] };

/** Which counts an event may have changed, from the event alone; rather one too many than one too few. */
export function touchedBy(event: ConversationEvent): Touched {
  const { entry, conversation, before, after } = event;
  switch (effects[entry.type]) {
    case 'custody':
      return { keys: [...new Set([countKey.all, ...(before ? placesOf(before) : []), ...placesOf(after), ...mentionedIn(conversation)])] };
    case 'unread':
      return ofUnread(event);
    case 'mentions':
      return ofMentions(event);
    case 'nothing':
      return untouched;
  }
}

const placesOf = ({ teamId, assigneeId }: Audience): CountKey[] => [countKey.queue(teamId), ...(assigneeId === null ? [] : [countKey.agent(assigneeId)])];

/** Who sees it may be others than before, and so is for whom its mentions count. */
const mentionedIn = ({ mentions = [] }: ConversationView): CountKey[] => mentions.map(({ agentId }) => countKey.agent(agentId));

function ofMentions({ entry }: ConversationEvent): Touched {
  if (entry.type === 'mentions-seen') return { keys: [countKey.agent(entry.actor.id)], onlyReads: true };
  return { keys: (entry.data as EntryData['note']).mentions.map(countKey.agent) };
}

/** What is unread is counted for whoever it is assigned to, and for nobody else. */
function ofUnread({ entry, conversation, after }: ConversationEvent): Touched {
  if (after.assigneeId === null) return untouched;
  const keys = [countKey.agent(after.assigneeId)];
  if (entry.type === 'marked-unread') return { keys };
  if (entry.type === 'read' || entry.actor.kind === 'agent') return { keys, onlyReads: true };
  // The second message of a customer, or one in a conversation that was marked, makes nothing more unread.
  return entry.actor.kind === 'customer' && conversation.unread.count === 1 && !conversation.unread.marked ? { keys } : untouched;
}
