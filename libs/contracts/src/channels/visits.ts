import { attachmentLimits, AttachmentView } from '../attachments/attachment.js';
import { OfIdentity, PublicEntry } from '../conversations/public.js';
import { IsBoolean, IsCommandId, IsId, IsMessageTextUnless, IsName, IsNestedList, IsString, Length, MaxLength, Nullable, Optional } from '../fields.js';
import { rpc } from '../rpc.js';

/** Longest user id of a site: with `user:` before it, it is an external id. */
const maxUserId = 200;

/** Somebody is at a channel's widget. */
export class OpenVisit {
  @IsId() channelId: string;
  /** Of the page around the widget, where that is not one of the gateway's own; null: nothing to check. */
  @Nullable() @IsString() @MaxLength(300) foreignOrigin: string | null;
  /** Who the site around the widget says it is, and its proof: hex HMAC-SHA256 of it with the channel's secret. */
  @Optional() @IsString() @Length(1, maxUserId) userId?: string;
  @Optional() @IsString() @MaxLength(200) userHash?: string;
}

export class OpenedVisit {
  @IsId() workspaceId: string;
  /** Whom the proof names, in the channel's own words; null for whoever came without one. */
  @Nullable() @IsString() externalId: string | null;
  /** The channel takes voice messages, where its workspace does. */
  @IsBoolean() voice: boolean;
}

/** A message that a visitor wrote. A repeat of its commandId is answered with the first entry, with another content it is a `CONFLICT`. */
export class ReceiveVisitorMessage extends OfIdentity {
  @IsCommandId() commandId: string;
  /** What they are called, as they say. No part of what a repeat must be like. */
  @Optional() @IsName() name?: string;
  @IsMessageTextUnless('attachments') text?: string;
  /** Verified by the gateway. */
  @Optional() @IsNestedList(() => AttachmentView, attachmentLimits.perMessage) attachments?: AttachmentView[];
}

/** Whether any channel allows pages of this origin. */
export class CheckOrigin {
  @IsString() @MaxLength(300) origin: string;
}

export class CheckedOrigin {
  @IsBoolean() allowed: boolean;
}

/** Answers whatever is wrong alike with `UNAUTHENTICATED`. */
export const openVisit = rpc('rpc.channels.public-open-visit.v1', OpenVisit, OpenedVisit, { callers: ['system'] });
export const receiveVisitorMessage = rpc('rpc.channels.public-receive-visitor-message.v1', ReceiveVisitorMessage, PublicEntry, { callers: ['channel'] });
export const checkOrigin = rpc('rpc.channels.public-check-origin.v1', CheckOrigin, CheckedOrigin, { callers: ['system'] });
