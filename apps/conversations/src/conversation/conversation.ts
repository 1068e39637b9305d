import type {
  AgentActor,
  AttachmentView,
  AuthorKind,
  BotActor,
  CloseReason,
  CustomerSummary,
  DeliveryStatus,
  Direction,
  EntryActor,
  EntryData,
  FieldError,
  Status,
  Tray,
} from '@relevo/contracts';
import type { AggregateState, JournalEntry } from '@relevo/journal';

/** What each type of entry stores: what the contract shows, and for `opened` all that a conversation begins with. */
export interface ConversationEntryData extends Omit<EntryData, 'opened'> {
  opened: Opening;
}

export interface Opening {
  channelId: string;
  /** The customer in the channel's own words. */
  externalId: string;
  /** Digest of workspace, channel and external id: the identity whose conversations these are. */
  identityKey: string;
  /** Counts the conversations of the identity, from 1. */
  ordinal: number;
  number: number;
  direction: Direction;
  customer: CustomerSummary;
  startsIn: 'bot' | 'unassigned';
  teamId: string | null;
}

export type ConversationEntryType = keyof ConversationEntryData;
export type ConversationEntryOf<T extends ConversationEntryType> = JournalEntry<T, ConversationEntryData[T]>;
export type ConversationEntry = { [T in ConversationEntryType]: ConversationEntryOf<T> }[ConversationEntryType];

/** Customer messages that wait for something, and since when; no clock while the bot has the conversation. */
export interface Pending {
  count: number;
  since: Date | null;
}

export interface ConversationState extends AggregateState, Omit<Opening, 'startsIn'> {
  status: Status;
  tray: Tray;
  assigneeId: string | null;
  tagIds: string[];
  /** Customer messages since the last reply by an agent. */
  unanswered: Pending;
  /** Those of them not read by whoever is responsible. */
  unread: Pending;
  marked: Date | null;
  /** When it entered the queue; kept when it returns there. */
  queuedAt: Date | null;
  /** When it was assigned; while unassigned, when it entered the queue. */
  assignedAt: Date | null;
  openedAt: Date;
  lastInteractionAt: Date;
  lastMessage: { authorKind: AuthorKind; text: string; at: Date } | null;
  lastCustomerSeq: number;
  /** Last reply of each of the two agents who replied last, newest first: all that the reply fence needs. */
  replies: { agentId: string; seq: number }[];
  /** Latest status of the last messages that have one, oldest first. */
  deliveries: { seq: number; status: DeliveryStatus }[];
  closedAt: Date | null;
  closeReason: CloseReason | null;
  /** A later conversation of the identity has begun. */
  superseded: boolean;
  /** Sort key of the waiting order, see `waitingOrderOf`. */
  waitingOrder: number;
}

interface ByAgent {
  agent: AgentActor;
}

/** What can be asked of one conversation. */
export type ConversationCommand =
  | ({ type: 'open'; by: EntryActor } & Opening)
  | { type: 'receive'; by: EntryActor; text: string; attachments: AttachmentView[] }
  | { type: 'supersede'; by: EntryActor }
  | ({ type: 'claim' } & ByAgent)
  | ({ type: 'release' } & ByAgent)
  | ({ type: 'send'; text: string; attachments: AttachmentView[]; seenSeq: number | null } & ByAgent)
  | ({ type: 'note'; text: string; mentions: string[]; /** Mentions of agents who may not see it, by their place. */ blind: FieldError[] } & ByAgent)
  | ({ type: 'read'; upToSeq: number } & ByAgent)
  | ({ type: 'mark-unread' } & ByAgent)
  | ({ type: 'close' } & ByAgent)
  | { type: 'hand-over'; bot: BotActor; teamId: string | null }
  | { type: 'close-inactive'; by: EntryActor; toleranceMs: number }
  | { type: 'record-delivery'; by: EntryActor; channelId: string; ofSeq: number; status: DeliveryStatus };
