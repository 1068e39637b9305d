import type {
  AgentActor,
  AgentView,
  AppError,
  AttachmentView,
  AuthorKind,
  BotActor,
  CloseReason,
  ConversationSort,
  CustomerSummary,
  DeliveryStatus,
  Direction,
  EntryActor,
  EntryData,
  FieldError,
  LastFiles,
  Status,
  TagView,
  TeamView,
  Tray,
  UnseenMention,
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
  /** Theirs when they were told of last; 0 when nobody said. */
  customerVersion: number;
  startsIn: Tray;
  teamId: string | null;
  /** Of one that an agent opens. */
  assigneeId: string | null;
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
  lastMessage: { authorKind: AuthorKind; text: string; at: Date; files?: LastFiles } | null;
  lastCustomerSeq: number;
  /** Last reply of each of the two agents who replied last, newest first: all that the reply fence needs. */
  replies: { agentId: string; seq: number }[];
  /** Latest status of the last messages that have one, oldest first. */
  deliveries: { seq: number; status: DeliveryStatus }[];
  closedAt: Date | null;
  closeReason: CloseReason | null;
  /** Of whom notes name and who have not seen them, oldest first; absent where there are none. */
  mentions?: UnseenMention[];
  /** There are some: the indexes that they are found by hold nothing else. */
  hasMentions?: true;
  /** Who transferred it, until it is seen; absent otherwise. */
  handover?: Handover;
  /** A later conversation of the identity has begun. */
  superseded: boolean;
  /** What its author may still take back; null when nothing, or something stands in the way. */
  undo: Undo | null;
  /** Whose queue lists look into, see `queueOf`. */
  queue: string;
  /** One ascending number for each order of a list; ties are broken by id. */
  orders: Record<ConversationSort, number>;
}

/** A transfer that whoever received it has not seen. */
export interface Handover {
  /** The agent's id. */
  by: string;
  seq: number;
  at: Date;
  /** Its beginning. */
  note?: string;
}

/** Whose it is and what waits there: what a transfer changes, and an undo brings back. */
export type Custody = Pick<ConversationState, 'tray' | 'teamId' | 'assigneeId' | 'unanswered' | 'unread' | 'marked' | 'queuedAt' | 'assignedAt'>;

export const custodyOf = ({ tray, teamId, assigneeId, unanswered, unread, marked, queuedAt, assignedAt }: Custody): Custody => ({
  tray,
  teamId,
  assigneeId,
  unanswered,
  unread,
  marked,
  queuedAt,
  assignedAt,
});

/** A transfer or close that its author may take back until then (product rule "Undo"). */
export interface Undo {
  kind: 'transfer' | 'close';
  /** The agent's id. */
  by: string;
  ofSeq: number;
  until: Date;
  /** As it would be now without the transfer; null for a close, which changes nothing of it. */
  custody: Custody | null;
  /** What a transfer found unseen, and an undo brings back. */
  handover?: Handover;
}

/** Whom a transfer names, as routing knows them; null when nobody of the workspace. */
export type TransferTarget =
  | { kind: 'agent'; agent: Pick<AgentView, 'id' | 'teamIds' | 'status'> | null }
  | { kind: 'team'; team: Pick<TeamView, 'id' | 'archived'> | null };

interface ByAgent {
  agent: AgentActor;
}

interface Content {
  /** Empty where attachments are all. */
  text: string;
  attachments: AttachmentView[];
}

/** What can be asked of one conversation. */
export type ConversationCommand =
  | ({ type: 'open'; by: EntryActor } & Opening)
  | ({ type: 'receive'; by: EntryActor } & Content)
  | { type: 'supersede'; by: EntryActor }
  | ({ type: 'claim' } & ByAgent)
  | ({ type: 'release' } & ByAgent)
  | ({ type: 'send'; seenSeq: number | null; /** Why its attachments cannot be sent, told after who may send at all. */ refusal?: AppError } & Content & ByAgent)
  | ({ type: 'note'; text: string; mentions: string[]; /** Mentions of agents who may not see it, by their place. */ blind: FieldError[] } & ByAgent)
  | ({ type: 'read'; upToSeq: number; /** Notes are seen, and what waits goes on waiting. */ mentionsOnly?: boolean } & ByAgent)
  | ({ type: 'mark-unread' } & ByAgent)
  | ({ type: 'close' } & ByAgent)
  | ({ type: 'transfer'; target: TransferTarget; note: string | null; force: boolean } & ByAgent)
  | ({ type: 'undo' } & ByAgent)
  | ({ type: 'tag'; tagId: string; /** Null when there is no such tag. */ tag: Pick<TagView, 'archived'> | null } & ByAgent)
  | ({ type: 'untag'; tagId: string } & ByAgent)
  | { type: 'hand-over'; bot: BotActor; teamId: string | null; /** Whether the team is one of the workspace. */ known: boolean }
  | {
      type: 'change-customer';
      /** Whose conversation it is to be still. */
      from: string;
      customer: CustomerSummary;
      version: number;
    }
  | { type: 'close-inactive'; by: EntryActor; toleranceMs: number }
  | { type: 'record-delivery'; by: EntryActor; channelId: string; ofSeq: number; status: DeliveryStatus };
