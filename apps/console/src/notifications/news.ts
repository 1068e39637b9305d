import type { ConversationView, Entry, EntryData, NotificationSettings } from '@relevo/contracts';

/** What an agent may want to be told of. */
export type Topic = 'message' | 'mention' | 'assigned' | 'transferred' | 'queue';

export interface News {
  readonly topic: Topic;
  readonly conversation: ConversationView;
  readonly entry: Entry;
}

/** Which of the agent's settings speaks for what. What comes into one's hands is noticed like a message there. */
const settingOf: Readonly<Record<Topic, keyof NotificationSettings>> = { message: 'messages', assigned: 'messages', transferred: 'messages', mention: 'mentions', queue: 'queue' };

/** Of what somebody else did; whatever one did oneself is no news. */
function topicOf({ type, actor, data }: Entry, { assigneeId, tray }: ConversationView, myId: string): Topic | null {
  const isOwn = actor.kind === 'agent' && actor.id === myId;
  switch (type) {
    case 'message':
      return actor.kind === 'customer' && assigneeId === myId ? 'message' : null;
    case 'note':
      return !isOwn && (data as EntryData['note']).mentions.includes(myId) ? 'mention' : null;
    case 'assigned':
      return !isOwn && (data as EntryData['assigned']).agentId === myId ? 'assigned' : null;
    case 'transferred': {
      const { to } = data as EntryData['transferred'];
      if (isOwn) return null;
      if (to.assigneeId === null) return 'queue';
      return to.assigneeId === myId ? 'transferred' : null;
    }
    case 'opened':
    case 'handed-over':
    case 'released':
      return !isOwn && tray === 'unassigned' ? 'queue' : null;
    case 'delivery':
    case 'closed':
    case 'transfer-undone':
    case 'close-undone':
    case 'tagged':
    case 'untagged':
    case 'read':
    case 'mentions-seen':
    case 'marked-unread':
    case 'superseded':
    case 'customer-changed':
      break;
  }
  // Newer gateways may tell of more than is known here.
  return null;
}

/**
 * What an entry is to an agent, if they want to hear of it. By entries, and for mentions too, although `mentioned` tells
 * of them: that is not told again to whoever was away for a moment, and entries are.
 */
export function newsOf(entry: Entry, conversation: ConversationView, myId: string, wanted: NotificationSettings): News | null {
  const topic = topicOf(entry, conversation, myId);
  return topic !== null && wanted[settingOf[topic]] ? { topic, conversation, entry } : null;
}

/** Whether what was told of a conversation is seen to by now: it was read or seen, or answered, by oneself or a colleague, or is no more. */
export const isSeenTo = ({ type, actor }: Entry, myId: string): boolean => type === 'closed' || (actor.kind === 'agent' && (type === 'message' || ((type === 'read' || type === 'mentions-seen') && actor.id === myId)));

/** In code points: as much as a notification shows. */
const longest = 120;

export function shortened(text: string): string {
  const line = [...text.replace(/\s+/gu, ' ').trim()];
  return line.length > longest ? `${line.slice(0, longest - 1).join('').trimEnd()}…` : line.join('');
}
