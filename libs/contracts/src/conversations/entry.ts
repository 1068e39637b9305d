import { EntryActor } from '../author.js';
import { IsId, IsNested, IsNestedList, IsObject, IsOneOf, IsSeq, IsString, IsTime, Nullable } from '../fields.js';
import type { AttachmentView } from '../attachments/attachment.js';
import { type CloseReason, ConversationView, type CustomerSummary, type Tray } from './conversation.js';

/** Whose a conversation is: a team's queue, an agent's, both or neither's. It decides who may see it, too. */
export interface Responsible {
  teamId: string | null;
  assigneeId: string | null;
}

/**
 * Every type of entry in a timeline and what its `data` holds, with who may see it. A type that is `internal` never
 * reaches a customer (product rule "Notes").
 */
export interface EntryData {
  opened: Record<string, never>;
  /** `voice`: one of them is a voice message. The text is empty where attachments are all. */
  message: { text: string; attachments: AttachmentView[]; voice?: true };
  delivery: { ofSeq: number; status: DeliveryStatus };
  closed: { reason: CloseReason };
  note: { text: string; mentions: string[] };
  'handed-over': { teamId: string | null };
  assigned: { from: Tray; agentId: string };
  released: { teamId: string | null };
  transferred: { from: Responsible; to: Responsible; note?: string };
  /** `ofSeq`: the entry that was taken back. */
  'transfer-undone': { ofSeq: number };
  'close-undone': { ofSeq: number };
  tagged: { tagId: string };
  untagged: { tagId: string };
  read: { upToSeq: number };
  'marked-unread': Record<string, never>;
  /** Its actor has seen the notes that name them, up to there. */
  'mentions-seen': { upToSeq: number };
  superseded: Record<string, never>;
  /** The customer has another name, or goes on as another; `version` is theirs. */
  'customer-changed': { customer: CustomerSummary; version: number };
}

export type EntryType = keyof EntryData;
export type EntryVisibility = 'public' | 'internal';

export const visibilityOf: Readonly<Record<EntryType, EntryVisibility>> = {
  opened: 'public',
  message: 'public',
  delivery: 'public',
  closed: 'public',
  note: 'internal',
  'handed-over': 'internal',
  assigned: 'internal',
  released: 'internal',
  transferred: 'internal',
  'transfer-undone': 'internal',
  'close-undone': 'internal',
  tagged: 'internal',
  untagged: 'internal',
  read: 'internal',
  'marked-unread': 'internal',
  'mentions-seen': 'internal',
  superseded: 'internal',
  'customer-changed': 'internal',
};

/** In the order in which they can follow each other; a status never goes back. `failed` may follow `sent` only. */
export const deliveryStatuses = ['sent', 'delivered', 'read', 'failed'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One thing that happened in a conversation. `data` is `EntryData[type]`. */
export class Entry {
  @IsId() conversationId: string;
  /** From 1, without gaps. */
  @IsSeq() seq: number;
  @IsOneOf(Object.keys(visibilityOf)) type: EntryType;
  @IsOneOf(['public', 'internal']) visibility: EntryVisibility;
  @IsTime() at: string;
  @IsNested(() => EntryActor) actor: EntryActor;
  @IsObject() data: object;
}

/** Answer of every command on a conversation: the entry it made (null: nothing to do), and the conversation now. */
export class ConversationChanged {
  @Nullable() @IsNested(() => Entry) entry: Entry | null;
  @IsNested(() => ConversationView) conversation: ConversationView;
}

export class TimelinePage {
  @IsNestedList(() => Entry, 100) items: Entry[];
  @Nullable() @IsString() nextCursor: string | null;
}
