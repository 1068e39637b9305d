import { IsBoolean, IsId, IsIds, IsLimit, IsName, IsNestedList, IsOneOf, IsQueryBoolean, IsQuerySeq, IsString, MaxLength, Optional } from '../fields.js';
import { rpc } from '../rpc.js';
import { CloseInactiveReport, ConversationView, type Direction, directions, statuses } from './conversation.js';
import { TimelinePage } from './entry.js';
import { ConversationPage } from './found.js';

export const listTrays = ['unassigned', 'mine', 'agents', 'bot', 'all'] as const;
export type ListTray = (typeof listTrays)[number];

export const listStatuses = [...statuses, 'all'] as const;
export type ListStatus = (typeof listStatuses)[number];

/**
 * `waiting`: longest waiting first, then those not waiting by last interaction, newest first. `activity`: by last
 * interaction, newest first. `assigned`: by time of assignment (unassigned: of entering the queue), oldest first.
 */
export const conversationSorts = ['waiting', 'activity', 'assigned'] as const;
export type ConversationSort = (typeof conversationSorts)[number];

/** Of a search, in UTF-16 units, and in different words. */
export const searchLimits = { length: 200, words: 10 } as const;

/** A page of the conversations that the caller may see. Active ones in the waiting order unless told otherwise. */
export class ListConversations {
  @Optional() @IsOneOf(listTrays) tray?: ListTray;
  @Optional() @IsOneOf(listStatuses) status?: ListStatus;
  @Optional() @IsOneOf(directions) direction?: Direction;
  @Optional() @IsOneOf(conversationSorts) sort?: ConversationSort;
  @Optional() @IsId() teamId?: string;
  @Optional() @IsId() tagId?: string;
  @Optional() @IsId() assigneeId?: string;
  @Optional() @IsId() customerId?: string;
  /** Whether customer messages are unread, or it is marked so. */
  @Optional() @IsQueryBoolean() unread?: boolean;
  /** Whether notes name the caller that they have not seen; those in which they do active and closed ones, unless `status` says which. */
  @Optional() @IsQueryBoolean() mentioned?: boolean;
  /** Only those that close by themselves within the hour unless something happens (product rule "Close"). */
  @Optional() @IsQueryBoolean() closing?: boolean;
  /**
   * Searches, regardless of accents and case, active and closed ones unless `status` says which. A conversation is found
   * when its messages, notes and its customer's name hold all words (of names their beginnings, emails as a whole, phones
   * by their last digits); when a tag called so is on it; when its customer is found by it (see `GET /customers`); and by
   * its number, with `#` by that alone. First the one of that number, then newest opened first. With `sort` what is
   * found is in that order; of more than some hundreds the newest opened are, after them the next newest, and so on. Each item's `found` says by what.
   */
  @Optional() @IsName(searchLimits.length) q?: string;
  @IsLimit() limit?: number;
  @Optional() @IsString() @MaxLength(512) cursor?: string;
}

/** A customer's conversations that the caller may see, active and closed, newest interaction first. */
export class ListCustomerConversations {
  /** Also of one who was merged: then of whom they became. */
  @IsId() customerId: string;
  @IsLimit() limit?: number;
  @Optional() @IsString() @MaxLength(512) cursor?: string;
}

export class GetConversation {
  @IsId() conversationId: string;
}

/** A page of a timeline in seq order; `after` and `before` are exclusive and exclude each other. */
export class GetTimeline {
  @IsId() conversationId: string;
  @Optional() @IsQuerySeq() after?: number;
  @Optional() @IsQuerySeq() before?: number;
  @IsLimit() limit?: number;
  /** As `nextCursor` gave it; goes on in the direction of the page before. */
  @Optional() @IsString() @MaxLength(64) cursor?: string;
}

const byAgents = { callers: ['agent'] } as const;

export const listConversations = rpc('rpc.conversations.list.v1', ListConversations, ConversationPage, byAgents);
export const listCustomerConversations = rpc('rpc.conversations.of-customer.v1', ListCustomerConversations, ConversationPage, byAgents);
export const getConversation = rpc('rpc.conversations.get.v1', GetConversation, ConversationView, byAgents);
export const getTimeline = rpc('rpc.conversations.timeline.v1', GetTimeline, TimelinePage, byAgents);

/** Whether a team has active conversations, in whatever tray. */
export class CheckTeamUse {
  @IsId() teamId: string;
}

export class TeamUse {
  @IsBoolean() active: boolean;
}

export const checkTeamUse = rpc('rpc.conversations.check-team-use.v1', CheckTeamUse, TeamUse, { callers: ['system'] });

/** Which messages refer to these files. */
export class FindAttachments {
  @IsIds(100) attachmentIds: string[];
}

/** A file that a message refers to, and whose conversation that is. */
export class FoundAttachment {
  @IsId() attachmentId: string;
  @IsId() conversationId: string;
  @IsId() channelId: string;
}

export class FoundAttachments {
  @IsNestedList(() => FoundAttachment, 100) items: FoundAttachment[];
}

/** Those of the workspace that a message refers to, once that message can be seen; the others are left out. */
export const findAttachments = rpc('rpc.conversations.find-attachments.v1', FindAttachments, FoundAttachments, { callers: ['system'] });

/** Closes a batch of what has been idle for longer than its workspace tolerates. Sends no time: the owner knows it. */
export class CloseInactive {
  @IsLimit() limit?: number;
}
export const closeInactive = rpc('rpc.conversations.close-inactive.v1', CloseInactive, CloseInactiveReport, { callers: ['system'] });
