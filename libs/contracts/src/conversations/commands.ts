import { rpc } from '../rpc.js';
import { attachmentLimits, AttachmentView } from '../attachments/attachment.js';
import { IsBoolean, IsCommandId, IsDistinctIds, IsId, IsIds, IsMessageText, IsMessageTextUnless, IsName, IsNested, IsNestedList, IsOneOf, IsSeq, IsString, Length, Nullable, Optional } from '../fields.js';
import { FoundCustomer, ReceivedMessage } from './conversation.js';
import { ConversationChanged, deliveryStatuses, type DeliveryStatus } from './entry.js';
import { PublicEntry } from './public.js';

/** What every agent's command on a conversation carries. */
export class ConversationCommand {
  @IsId() conversationId: string;
  @IsCommandId() commandId: string;
}

export class ClaimConversation extends ConversationCommand {}
export class ReleaseConversation extends ConversationCommand {}
export class CloseConversation extends ConversationCommand {}
export class MarkConversationUnread extends ConversationCommand {}

export class MarkConversationRead extends ConversationCommand {
  @IsSeq() upToSeq: number;
  /** Of mentions alone: what waits stays unread, and what was marked stays so. */
  @Optional() @IsBoolean() mentionsOnly?: boolean;
}

/** What an agent sends: a text, attachments, or both. */
export class WriteMessage extends ConversationCommand {
  @IsMessageTextUnless('attachmentIds') text?: string;
  /** Of the sender's own uploads, each good for one message. */
  @Optional() @IsDistinctIds(attachmentLimits.perMessage) attachmentIds?: string[];
  /** The last timeline entry the sender saw: the reply fence. */
  @Optional() @IsSeq() seenSeq?: number;
}

/** The same, with what the gateway knows of the files. One that is missing is none that the sender may send. */
export class SendMessage extends WriteMessage {
  @Optional() @IsNestedList(() => AttachmentView, attachmentLimits.perMessage) attachments?: AttachmentView[];
}

/** To an agent or to a team: exactly one of both. */
export class TransferConversation extends ConversationCommand {
  @Optional() @IsId() agentId?: string;
  @Optional() @IsId() teamId?: string;
  /** For the receiver; no customer ever sees it. */
  @Optional() @IsMessageText() note?: string;
  /** Insists on an agent who is away or offline. */
  @Optional() @IsBoolean() force?: boolean;
}

/** Takes back one's own last transfer or close, within ten seconds. */
export class UndoConversation extends ConversationCommand {}

export class TagConversation extends ConversationCommand {
  @IsId() tagId: string;
}

export class UntagConversation extends ConversationCommand {
  @IsId() tagId: string;
}

/** Writes to a customer first, by a channel on which they are known. */
export class OpenConversation {
  @IsCommandId() commandId: string;
  @IsId() customerId: string;
  @IsId() channelId: string;
  @IsMessageText() text: string;
}

export class AddNote extends ConversationCommand {
  @IsMessageText() text: string;
  /** Agents named in it. */
  @Optional() @IsIds(20) mentions?: string[];
}

/** A customer's message, from the channel it came by. */
export class ReceiveMessage {
  @IsId() channelId: string;
  /** The customer, in the channel's own words: a phone number, a user id. */
  @IsString() @Length(1, 256) externalId: string;
  /** The message, in the channel's own words; a repeat is answered like the first. */
  @IsString() @Length(1, 256) externalMessageId: string;
  @IsNested(() => FoundCustomer) customer: FoundCustomer;
  @IsMessageTextUnless('attachments') text?: string;
  /** Verified by the gateway. */
  @Optional() @IsNestedList(() => AttachmentView, attachmentLimits.perMessage) attachments?: AttachmentView[];
  /** Where a conversation that this message opens begins. */
  @IsOneOf(['bot', 'unassigned']) startsIn: 'bot' | 'unassigned';
  /** The team whose queue it enters; null for the general queue. */
  @Nullable() @IsId() teamId: string | null;
}

export class HandOverConversation {
  @IsId() conversationId: string;
  @IsCommandId() commandId: string;
  @Nullable() @IsId() teamId: string | null;
}

export class RecordDelivery {
  @IsId() conversationId: string;
  @IsSeq() ofSeq: number;
  @IsOneOf(deliveryStatuses) status: DeliveryStatus;
}

const byAgents = { callers: ['agent'] } as const;

export const claimConversation = rpc('rpc.conversations.claim.v1', ClaimConversation, ConversationChanged, byAgents);
export const releaseConversation = rpc('rpc.conversations.release.v1', ReleaseConversation, ConversationChanged, byAgents);
export const closeConversation = rpc('rpc.conversations.close.v1', CloseConversation, ConversationChanged, byAgents);
export const markConversationRead = rpc('rpc.conversations.read.v1', MarkConversationRead, ConversationChanged, byAgents);
export const markConversationUnread = rpc('rpc.conversations.unread.v1', MarkConversationUnread, ConversationChanged, byAgents);
export const sendMessage = rpc('rpc.conversations.send-message.v1', SendMessage, ConversationChanged, byAgents);
export const addNote = rpc('rpc.conversations.add-note.v1', AddNote, ConversationChanged, byAgents);

/** `NOT_FOUND` for a target of another workspace, `TARGET_UNAVAILABLE` for an agent who is not online unless forced. */
export const transferConversation = rpc('rpc.conversations.transfer.v1', TransferConversation, ConversationChanged, byAgents);
/** `RULE_VIOLATED` when there is nothing of the caller's to take back any more (product rule "Undo"). */
export const undoConversation = rpc('rpc.conversations.undo.v1', UndoConversation, ConversationChanged, byAgents);
export const tagConversation = rpc('rpc.conversations.tag.v1', TagConversation, ConversationChanged, byAgents);
export const untagConversation = rpc('rpc.conversations.untag.v1', UntagConversation, ConversationChanged, byAgents);
/** `CONFLICT` with the active conversation's id where the customer has one on that channel. */
export const openConversation = rpc('rpc.conversations.open.v1', OpenConversation, ConversationChanged, byAgents);

/** Answers the message's own entry; on a repeat the first one. */
export const receiveMessage = rpc('rpc.conversations.public-receive-message.v1', ReceiveMessage, PublicEntry, {
  callers: ['channel'],
});
export const recordDelivery = rpc('rpc.conversations.public-record-delivery.v1', RecordDelivery, ReceivedMessage, {
  callers: ['channel'],
});

/** Answer of a hand-over: nothing of what agents see goes back to a bot. */
export class HandedOver {
  @IsId() conversationId: string;
  @IsName() outcome: 'handed-over' | 'nothing-to-do';
}

export const handOverConversation = rpc('rpc.conversations.public-hand-over.v1', HandOverConversation, HandedOver, {
  callers: ['bot'],
});
