import { directions, type Direction } from '../conversations/conversation.js';
import { type ConversationSort, conversationSorts, type ListStatus, listStatuses, type ListTray, listTrays } from '../conversations/queries.js';
import { IsBoolean, IsCommandId, IsId, IsNested, IsOneOf, type Locale, locales, Nullable, Optional } from '../fields.js';

export const readMarks = ['open', 'reply'] as const;
export type ReadMark = (typeof readMarks)[number];

export const sendKeys = ['enter', 'ctrl-enter'] as const;
export type SendKey = (typeof sendKeys)[number];

/** What a frontend may make itself noticed with, and of what. */
export class NotificationSettings {
  @IsBoolean() sound: boolean;
  /** The system's own notifications, beside the frontend's. */
  @IsBoolean() desktop: boolean;
  /** Of customers' messages in conversations of one's own, and of what becomes one's own by others. */
  @IsBoolean() messages: boolean;
  /** Of what enters a queue that one sees. */
  @IsBoolean() queue: boolean;
  @IsBoolean() mentions: boolean;
}

/** What is left out stays as it is. */
export class ChangeNotifications {
  @Optional() @IsBoolean() sound?: boolean;
  @Optional() @IsBoolean() desktop?: boolean;
  @Optional() @IsBoolean() messages?: boolean;
  @Optional() @IsBoolean() queue?: boolean;
  @Optional() @IsBoolean() mentions?: boolean;
}

/** As `ListConversations` takes them. */
export class ListFilters {
  @Optional() @IsOneOf(listTrays) tray?: ListTray;
  @Optional() @IsOneOf(listStatuses) status?: ListStatus;
  @Optional() @IsOneOf(directions) direction?: Direction;
  @Optional() @IsId() teamId?: string;
  @Optional() @IsId() tagId?: string;
  @Optional() @IsId() assigneeId?: string;
  @Optional() @IsBoolean() unread?: boolean;
}

/** The order and filters chosen last (product rule "Order"). */
export class ListChoice {
  @IsOneOf(conversationSorts) sort: ConversationSort;
  @IsNested(() => ListFilters) filters: ListFilters;
}

/** An agent's own; nobody else is told of them. Frontends act on them, the services never. */
export class AgentSettings {
  @IsOneOf(readMarks) markReadOn: ReadMark;
  @IsOneOf(locales) locale: Locale;
  @IsOneOf(sendKeys) sendKey: SendKey;
  @IsNested(() => NotificationSettings) notifications: NotificationSettings;
  /** Null until one is chosen. */
  @Nullable() @IsNested(() => ListChoice) list: ListChoice | null;
}

/** Of whoever never changed any. */
export const defaultSettings: AgentSettings = {
  markReadOn: 'open',
  locale: 'es',
  sendKey: 'enter',
  notifications: { sound: true, desktop: false, messages: true, queue: true, mentions: true },
  list: null,
};

/** What is left out stays as it is; `list` is replaced whole, and `null` forgets it. */
export class ChangeSettings {
  @IsCommandId() commandId: string;
  @Optional() @IsOneOf(readMarks) markReadOn?: ReadMark;
  @Optional() @IsOneOf(locales) locale?: Locale;
  @Optional() @IsOneOf(sendKeys) sendKey?: SendKey;
  @Optional() @IsNested(() => ChangeNotifications) notifications?: ChangeNotifications;
  @Optional() @Nullable() @IsNested(() => ListChoice) list?: ListChoice | null;
}
