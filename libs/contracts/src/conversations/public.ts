import { IsBoolean, IsId, IsLimit, IsNested, IsNestedList, IsObject, IsOneOf, IsSeq, IsString, IsTime, Length, MaxLength, Nullable, Optional } from '../fields.js';
import { rpc } from '../rpc.js';
import { authorKinds, type AuthorKind } from '../author.js';
import type { PublicConversationEvent, PublicEntryType } from './events.js';

export const publicEntryTypes = ['opened', 'message', 'closed', 'delivery'] as const satisfies readonly PublicEntryType[];

/** Who did it, as their customer is told: an agent's or bot's display name, and nobody's id. */
export class PublicActor {
  @IsOneOf(authorKinds) kind: AuthorKind;
  @IsString() name: string;
}

/** An entry as its customer sees it: those fields of `Entry` that are theirs to know. */
export class PublicEntry {
  @IsId() conversationId: string;
  /** Grows; what is internal leaves gaps. */
  @IsSeq() seq: number;
  @IsOneOf(publicEntryTypes) type: PublicEntryType;
  @IsOneOf(['public']) visibility: 'public';
  @IsTime() at: string;
  @IsNested(() => PublicActor) actor: PublicActor;
  @IsObject() data: object;
}

type PublicPart = Pick<PublicConversationEvent, 'conversationId' | 'seq' | 'type' | 'at' | 'author' | 'data'>;

/** What customers are called inside is not theirs to know: agents may have changed it. */
export const publicEntryOf = ({ conversationId, seq, type, at, author, data }: PublicPart): PublicEntry => ({
  conversationId,
  seq,
  type,
  visibility: 'public',
  at,
  actor: { kind: author.kind, name: author.kind === 'customer' ? '' : author.name },
  data,
});

/** A conversation as its customer sees it. */
export class PublicConversation {
  @IsId() id: string;
  @IsOneOf(['active']) status: 'active';
  @IsTime() openedAt: string;
  /** No entry of theirs after this one existed when it was asked. */
  @IsSeq() seq: number;
}

/** Whose conversations: a customer in the channel's own words. A channel asks for its own only. */
export class OfIdentity {
  @IsId() channelId: string;
  @IsString() @Length(1, 256) externalId: string;
}

export class GetActiveConversation extends OfIdentity {}

export class ActiveConversation {
  @Nullable() @IsNested(() => PublicConversation) conversation: PublicConversation | null;
  /** The workspace has voice messages, for channels that take them. */
  @IsBoolean() voice: boolean;
}

export class GetPublicHistory extends OfIdentity {
  /** As `nextCursor` gave it; the newest page when absent. */
  @Optional() @IsString() @MaxLength(64) before?: string;
  @IsLimit() limit?: number;
}

/** Entries of all conversations of an identity in their order, the newest page first. It may be short although `nextCursor` is not null. */
export class PublicHistoryPage {
  @IsNestedList(() => PublicEntry, 100) items: PublicEntry[];
  @Nullable() @IsString() nextCursor: string | null;
}

/** Whether a file is in a message of one of the identity's conversations. */
export class CheckOwnAttachment extends OfIdentity {
  @IsId() attachmentId: string;
}

export class OwnAttachment {}

const byChannels = { callers: ['channel'] } as const;

export const getActiveConversation = rpc('rpc.conversations.public-active.v1', GetActiveConversation, ActiveConversation, byChannels);
/** `NOT_FOUND` for another's, one that no message refers to, or none. */
export const checkOwnAttachment = rpc('rpc.conversations.public-check-attachment.v1', CheckOwnAttachment, OwnAttachment, byChannels);
export const getPublicHistory = rpc('rpc.conversations.public-history.v1', GetPublicHistory, PublicHistoryPage, byChannels);
