import { authorKinds, type AuthorKind } from '../author.js';
import { IsBoolean, IsCount, IsId, IsIds, IsNested, IsNestedList, IsOneOf, IsSeq, IsString, IsTime, MaxLength, Nullable, Optional } from '../fields.js';

export const trays = ['bot', 'unassigned', 'assigned'] as const;
export type Tray = (typeof trays)[number];

export const directions = ['inbound', 'outbound'] as const;
export type Direction = (typeof directions)[number];

export const statuses = ['active', 'closed'] as const;
export type Status = (typeof statuses)[number];

export const closeReasons = ['manual', 'inactivity'] as const;
export type CloseReason = (typeof closeReasons)[number];

/** The customer as a conversation shows them. */
export class CustomerSummary {
  @IsId() id: string;
  @IsString() name: string;
}

/** A customer as they were found; what is older than that replaces nothing. */
export class FoundCustomer extends CustomerSummary {
  /** Theirs then (`Customer.version`). */
  @Optional() @IsSeq() version?: number;
}

export class UnreadView {
  /** Customer messages not read by whoever is responsible. */
  @IsCount() count: number;
  /** Marked as unread by hand. */
  @IsBoolean() marked: boolean;
}

/** Files of a conversation's last message, for a line that says what they are. */
export class LastFiles {
  @IsCount() count: number;
  /** Of the first. */
  @IsString() mediaType: string;
  /** Of the first, when it is a voice message. */
  @Optional() @IsCount() voiceMs?: number;
}

export class LastMessage {
  @IsOneOf(authorKinds) authorKind: AuthorKind;
  /** Which agent, where it was one: not always the assignee, as after a transfer or when a supervisor steps in. */
  @Optional() @IsId() authorId?: string;
  /** Empty where files are all. */
  @IsString() text: string;
  @IsTime() at: string;
  /** Absent where there are none. */
  @Optional() @IsNested(() => LastFiles) files?: LastFiles;
}

/** An agent whom a note names, and who has not seen it. */
export class UnseenMention {
  @IsId() agentId: string;
  /** Of the note. */
  @IsSeq() seq: number;
}

/** Of so many a conversation knows that they were not seen, the newest: more in one is nobody's list of what to look at. */
export const maxUnseenMentions = 100;

/** Of the beginning of a note, in UTF-16 units. */
export const maxHandoverNote = 160;

/** A transfer that whoever received it has not seen. */
export class Handover {
  /** The agent who transferred it. */
  @IsId() by: string;
  /** Of the transfer. */
  @IsSeq() seq: number;
  @IsTime() at: string;
  /** How what was written with it begins, with `…` where more follows; without line breaks. Absent where nothing was. */
  @Optional() @IsString() @MaxLength(maxHandoverNote) note?: string;
}

/** A conversation as agents see it; times are ISO 8601 UTC. */
export class ConversationView {
  @IsId() id: string;
  /** For people to refer to: counts up within the workspace, not without gaps. */
  @IsCount() number: number;
  @IsId() channelId: string;
  @IsOneOf(directions) direction: Direction;
  @IsOneOf(statuses) status: Status;
  @IsOneOf(trays) tray: Tray;
  @IsNested(() => CustomerSummary) customer: CustomerSummary;
  @Nullable() @IsId() teamId: string | null;
  @Nullable() @IsId() assigneeId: string | null;
  @IsIds() tagIds: string[];
  @IsNested(() => UnreadView) unread: UnreadView;
  /** The earlier of the first unread message and the mark; null when nobody waits. */
  @Nullable() @IsTime() waitingSince: string | null;
  /** First customer message since an agent's last reply. */
  @Nullable() @IsTime() unansweredSince: string | null;
  /** When it was assigned, or entered the queue. */
  @Nullable() @IsTime() assignedAt: string | null;
  @IsTime() lastInteractionAt: string;
  @Nullable() @IsNested(() => LastMessage) lastMessage: LastMessage | null;
  @IsTime() openedAt: string;
  @Nullable() @IsTime() closedAt: string | null;
  @Nullable() @IsOneOf(closeReasons) closeReason: CloseReason | null;
  /** When it will close by itself unless something happens; null once closed. */
  @Nullable() @IsTime() closesAt: string | null;
  @Nullable() @IsTime() undoUntil: string | null;
  /** Not seen yet by whom they name, oldest first (product rule "Notes"). Absent where there are none. */
  @Optional() @IsNestedList(() => UnseenMention, maxUnseenMentions) mentions?: UnseenMention[];
  /** Until its assignee reads it or writes a note, an agent answers, or it is in other hands. Absent otherwise. */
  @Optional() @IsNested(() => Handover) handover?: Handover;
  @IsSeq() seq: number;
}

export class ReceivedMessage {
  @IsId() conversationId: string;
  /** Of the message's own entry. */
  @IsSeq() seq: number;
}

export class CloseInactiveReport {
  @IsCount() closed: number;
  /** Whether more may be due at once. */
  @Optional() @IsBoolean() more: boolean;
}
