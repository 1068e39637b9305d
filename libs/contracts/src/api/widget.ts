import { attachmentLimits } from '../attachments/attachment.js';
import { IsCommandId, IsDistinctIds, IsId, IsMessageTextUnless, IsName, IsString, Length, MaxLength, Optional } from '../fields.js';
import type { PublicActor, PublicConversation, PublicEntry } from '../conversations/public.js';

/** `auth` of a handshake with namespace `/widget`. */
export class WidgetAuth {
  @IsId() channelId: string;
  /** As the last `ready` gave it; whoever has none is somebody new. */
  @Optional() @IsString() @Length(1, 4096) visitorToken?: string;
  @Optional() @IsString() @Length(1, 200) userId?: string;
  /** Hex HMAC-SHA256 of `userId` with the channel's secret. */
  @Optional() @IsString() @MaxLength(200) userHash?: string;
  /** What they are called, as they say: for agents, as a channel's sender has it. It is taken up while agents know none. */
  @Optional() @IsName() name?: string;
}

/** Body of the widget's `message.send`; answered with the message's `PublicEntry`. */
export class SendVisitorMessage {
  @IsCommandId() commandId: string;
  @IsMessageTextUnless('attachmentIds') text?: string;
  /** Of the visitor's own uploads, each good for one message. */
  @Optional() @IsDistinctIds(attachmentLimits.perMessage) attachmentIds?: string[];
}

/** Body of the widget's `history`; answered with a `PublicHistoryPage`. */
export class ReadVisitorHistory {
  /** The `nextCursor` of the page after it. */
  @Optional() @IsString() @MaxLength(64) before?: string;
}

/** Body of the widget's `typing`: nothing. */
export class TellTyping {}

/** What the server tells a socket in namespace `/widget`. */
export interface WidgetEvents {
  /** First. `visitorToken` replaces the one before; `conversation` is the active one; `voice`: voice messages may be sent. */
  ready: (event: { visitorToken: string; voice: boolean; conversation?: PublicConversation }) => void;
  /** Once for each; what `history` shows may be told as well, and is told apart by `conversationId` and `seq`. */
  entry: (event: PublicEntry) => void;
  /** An agent writes, or left off (`stopped`); without news it is over after some seconds. */
  typing: (event: { conversationId: string; actor: PublicActor; stopped?: boolean }) => void;
  /** Voice messages were enabled or disabled. Whoever missed it is told by the next `ready`. */
  voice: (event: { enabled: boolean }) => void;
}

/** What a socket in namespace `/widget` may ask. */
export const widgetSocketEvents = {
  'message.send': SendVisitorMessage,
  history: ReadVisitorHistory,
  typing: TellTyping,
} as const;
