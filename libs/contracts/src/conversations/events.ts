import { event } from '../event.js';
import type { AuthorKind } from '../author.js';
import type { ConversationView } from './conversation.js';
import type { Entry, EntryData, EntryType, Responsible } from './entry.js';
import type { PolicyView } from './policy.js';
import type { QuickReplyView } from './quick-replies.js';
import type { TagView } from './tags.js';

/** What decides who may see a conversation: its team (null: none) and its assignee. */
export type Audience = Responsible;

/** An entry happened in a conversation. Subject's fact: the entry's type. */
export interface ConversationEvent {
  noun: 'conversation';
  workspaceId: string;
  entry: Entry;
  /** The conversation right after the entry. */
  conversation: ConversationView;
  /** Null for the first entry. */
  before: Audience | null;
  after: Audience;
}

/** A tag was created or changed. Subject's fact: `tag-created`, ... */
export interface TagEvent {
  noun: 'tag';
  workspaceId: string;
  tag: TagView;
}

/** A quick reply was created or changed. Subject's fact: `quick-reply-created`, ... */
export interface QuickReplyEvent {
  noun: 'quick-reply';
  workspaceId: string;
  quickReply: QuickReplyView;
}

/** The workspace's policy was made or changed. Subject's fact: `policy-created`, ... */
export interface PolicyEvent {
  noun: 'policy';
  workspaceId: string;
  policy: PolicyView;
}

export type ConversationsEvent = ConversationEvent | TagEvent | QuickReplyEvent | PolicyEvent;

/** Types of entries that customers see; the only ones that ever reach the public stream. */
export type PublicEntryType = Extract<EntryType, 'opened' | 'message' | 'closed' | 'delivery'>;

/** The part of an entry that its customer may see. */
export interface PublicConversationEvent<T extends PublicEntryType = PublicEntryType> {
  workspaceId: string;
  channelId: string;
  /** The customer, in the channel's own words. */
  externalId: string;
  conversationId: string;
  seq: number;
  type: T;
  at: string;
  /** Of a message, for the customer to read, their own without a name; of anything else nobody's, for who closed is not theirs to know. */
  author: { kind: AuthorKind; name: string };
  /** Of an agent's message: the seq of the agents' message before it, for whoever must hand them on in order; null when none. */
  previousReplySeq: number | null;
  data: T extends 'closed' ? Record<string, never> : EntryData[T];
}

/** Payload of each fact, so that a handler of `message` meets a message. */
type ConversationsFacts = Record<EntryType, ConversationEvent> &
  Record<`tag-${string}`, TagEvent> &
  Record<`quick-reply-${string}`, QuickReplyEvent> &
  Record<`policy-${string}`, PolicyEvent>;
type PublicFacts = { [T in PublicEntryType]: PublicConversationEvent<T> };

export const conversationsEvents = event<ConversationsEvent, ConversationsFacts>('conversations', 'internal');
export const publicConversationEvents = event<PublicConversationEvent, PublicFacts>('conversations', 'public');
