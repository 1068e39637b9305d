import type { CloseReason, Direction, EntryActor, Status, Tray } from '@relevo/contracts';
import type { ChannelName, CustomerName, Name, TagName, Team } from './cast.js';

/** Times in milliseconds. */
export interface Pending {
  count: number;
  since: number | null;
}

/** What a transfer changes and its undo brings back. */
interface Custody {
  tray: Tray;
  team: Team | null;
  assignee: Name | null;
  unanswered: Pending;
  unread: Pending;
  marked: number | null;
  queuedAt: number | null;
  assignedAt: number | null;
}

export interface Conversation extends Custody {
  readonly id: string;
  readonly customer: CustomerName;
  readonly channel: ChannelName;
  readonly direction: Direction;
  readonly openedAt: number;
  seq: number;
  status: Status;
  tags: TagName[];
  lastInteractionAt: number;
  lastMessage: { authorKind: EntryActor['kind']; text: string; at: number } | null;
  lastCustomerSeq: number;
  replies: { by: Name; seq: number }[];
  closedAt: number | null;
  closeReason: CloseReason | null;
  superseded: boolean;
  /** Named by notes that they have not seen, oldest first. */
  mentions: { who: Name; seq: number }[];
  handover: Handover | null;
  undo: { kind: 'transfer' | 'close'; by: Name; ofSeq: number; until: number; before: Custody | null; handover: Handover | null; writtenSince: number[] } | null;
}

/** A transfer that whoever received it has not seen. */
export interface Handover {
  readonly by: Name;
  readonly seq: number;
  readonly at: number;
  readonly note: string | null;
}

/** An entry by the effect it has. `by`: the agent, where it was one. */
export type Happening = { readonly at: number; readonly by: Name | null } & (
  | { readonly type: 'message'; readonly author: 'customer' | 'agent'; readonly text: string }
  | { readonly type: 'assigned' | 'released' | 'marked-unread' | 'superseded' | 'transfer-undone' | 'close-undone' }
  | { readonly type: 'note'; readonly mention: Name | null }
  | { readonly type: 'read' | 'mentions-seen'; readonly upToSeq: number }
  | { readonly type: 'handed-over'; readonly team: Team | null }
  | { readonly type: 'transferred'; readonly team: Team | null; readonly assignee: Name | null; readonly note: string | null }
  | { readonly type: 'closed'; readonly reason: CloseReason }
  | { readonly type: 'tagged' | 'untagged'; readonly tag: TagName }
);

const undoMs = 10_000;
const none = (): Pending => ({ count: 0, since: null });

/** The table of product rule "Read, unread, waiting", and what the other rules say that an entry changes. */
export function happen(c: Conversation, entry: Happening): void {
  const { at, by } = entry;
  c.seq += 1;
  const before = custodyOf(c);
  const { undo, handover } = c;
  if (endsUndo(entry)) c.undo = null;
  if (endsHandover(c, entry)) c.handover = null;
  switch (entry.type) {
    case 'message':
      c.lastInteractionAt = at;
      c.lastMessage = { authorKind: entry.author, text: entry.text, at };
      if (entry.author === 'customer') {
        c.lastCustomerSeq = c.seq;
        written(c, at);
        c.undo?.writtenSince.push(at);
      } else {
        [c.unanswered, c.unread, c.marked] = [none(), none(), null];
        c.replies.push({ by: by!, seq: c.seq });
      }
      return;
    case 'handed-over':
      takeOver(c, at);
      [c.tray, c.team, c.queuedAt, c.assignedAt] = ['unassigned', entry.team, at, at];
      return;
    case 'assigned':
      takeOver(c, at);
      [c.tray, c.assignee, c.assignedAt] = ['assigned', by, at];
      return;
    case 'released':
      c.unread = { ...c.unanswered };
      c.queuedAt ??= at;
      [c.tray, c.assignee, c.assignedAt] = ['unassigned', null, c.queuedAt];
      return;
    case 'transferred':
      takeOver(c, at);
      [c.tray, c.team, c.assignee] = [entry.assignee ? 'assigned' : 'unassigned', entry.team, entry.assignee];
      [c.queuedAt, c.assignedAt] = [at, at];
      c.undo = { kind: 'transfer', by: by!, ofSeq: c.seq, until: at + undoMs, before, handover, writtenSince: [] };
      c.handover = { by: by!, seq: c.seq, at, note: entry.note };
      return;
    case 'transfer-undone':
      Object.assign(c, structuredClone(undo!.before));
      c.handover = undo!.handover;
      for (const time of undo!.writtenSince) written(c, time);
      return;
    case 'read':
      [c.unread, c.marked] = [none(), null];
      see(c, by!, entry.upToSeq);
      return;
    case 'mentions-seen':
      see(c, by!, entry.upToSeq);
      return;
    case 'marked-unread':
      c.marked = c.unanswered.since ?? at;
      return;
    case 'closed':
      [c.status, c.closedAt, c.closeReason] = ['closed', at, entry.reason];
      // Null: by itself, which nobody takes back.
      if (by) c.undo = { kind: 'close', by, ofSeq: c.seq, until: at + undoMs, before: null, handover: null, writtenSince: [] };
      return;
    case 'close-undone':
      [c.status, c.closedAt, c.closeReason] = ['active', null, null];
      return;
    case 'superseded':
      c.superseded = true;
      return;
    case 'tagged':
      c.tags.push(entry.tag);
      return;
    case 'untagged':
      c.tags = c.tags.filter((tag) => tag !== entry.tag);
      return;
    case 'note':
      if (entry.mention && entry.mention !== by) c.mentions.push({ who: entry.mention, seq: c.seq });
      return;
  }
}

/** Product rule "Notes": mentions notify the agent named, until they have seen the note. */
function see(c: Conversation, who: Name, upToSeq: number): void {
  c.mentions = c.mentions.filter((one) => one.who !== who || one.seq > upToSeq);
}

/** Reads and the customer's messages don't stand in its way; everything else does. */
const endsUndo = (entry: Happening): boolean => !(entry.type === 'read' || entry.type === 'mentions-seen' || entry.type === 'marked-unread' || (entry.type === 'message' && entry.author === 'customer'));

/** It is in other hands, or history. */
const movesOn: ReadonlySet<Happening['type']> = new Set(['assigned', 'released', 'handed-over', 'closed']);

/** Whoever received it has seen it, or it is another's by now. */
const endsHandover = ({ assignee, handover }: Conversation, entry: Happening): boolean =>
  movesOn.has(entry.type) ||
  (entry.type === 'message' && entry.author === 'agent') ||
  (entry.type === 'note' && entry.by === assignee) ||
  (entry.type === 'read' && handover !== null && handover.seq <= entry.upToSeq);

const custodyOf = ({ tray, team, assignee, unanswered, unread, marked, queuedAt, assignedAt }: Conversation): Custody =>
  structuredClone({ tray, team, assignee, unanswered, unread, marked, queuedAt, assignedAt });

/** In the bot's tray: counts only, no clock. */
function written(c: Conversation, at: number): void {
  for (const pending of [c.unanswered, c.unread]) {
    pending.count += 1;
    if (c.tray !== 'bot') pending.since ??= at;
  }
}

/** Unread is what is unanswered again; taken from the bot, both clocks start now. */
function takeOver(c: Conversation, at: number): void {
  if (c.tray === 'bot' && c.unanswered.count > 0) c.unanswered.since = at;
  c.unread = { ...c.unanswered };
}

/** The earlier of the two; null when neither, or it is closed. */
export function waitingSince({ status, unread, marked }: Conversation): number | null {
  const clocks = [unread.since, marked].filter((time) => time !== null);
  return status === 'closed' || clocks.length === 0 ? null : Math.min(...clocks);
}

export interface Opening {
  readonly id: string;
  readonly customer: CustomerName;
  readonly channel: ChannelName;
  readonly team: Team | null;
  readonly startsIn: Tray;
  readonly assignee: Name | null;
  readonly at: number;
}

/** At its first entry, `opened`. */
export const opened = ({ id, customer, channel, team, startsIn, assignee, at }: Opening): Conversation => ({
  id,
  customer,
  channel,
  direction: assignee ? 'outbound' : 'inbound',
  openedAt: at,
  seq: 1,
  status: 'active',
  tray: startsIn,
  team,
  assignee,
  tags: [],
  unanswered: none(),
  unread: none(),
  marked: null,
  queuedAt: startsIn === 'unassigned' ? at : null,
  assignedAt: startsIn === 'bot' ? null : at,
  lastInteractionAt: at,
  lastMessage: null,
  lastCustomerSeq: 0,
  replies: [],
  closedAt: null,
  closeReason: null,
  superseded: false,
  mentions: [],
  handover: null,
  undo: null,
});

