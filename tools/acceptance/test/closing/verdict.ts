export interface TimelineEntry {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly data: { readonly text?: string };
}

export interface RacedConversation {
  readonly id: string;
  readonly status: string;
  readonly customer: { readonly id: string };
  readonly timeline: readonly TimelineEntry[];
}

/** A customer's message as its sender saw it; times in milliseconds by the database's clock. */
export interface WrittenMessage {
  readonly text: string;
  readonly sentAt: number;
  readonly acknowledgedAt: number;
  /** Where it is, as every acknowledgement of it said. */
  readonly places: readonly { readonly conversationId: string; readonly seq: number }[];
}

/** All there is of one customer after their messages raced the close of their conversation. */
export interface Raced {
  readonly firstId: string;
  readonly toleranceMs: number;
  readonly conversations: readonly RacedConversation[];
  readonly written: readonly WrittenMessage[];
}

/** Replicas estimate the database's clock, on a machine that may be busy; a machine's own is wrong by minutes. */
const estimateMs = 2_000;

const at = ({ at: time }: TimelineEntry): number => Date.parse(time);
const isInteraction = ({ type }: TimelineEntry): boolean => type === 'opened' || type === 'message';

/** What of a race breaks the product's rule "Close"; nothing when it holds. */
export const faultsOf = (raced: Raced): string[] => [...ofMessages(raced), ...raced.conversations.flatMap((each) => ofConversation(each, raced.toleranceMs)), ...ofAll(raced)];

function ofMessages({ written, conversations }: Raced): string[] {
  const all = conversations.flatMap(({ id, timeline }) => timeline.map((entry) => ({ id, entry })));
  return written.flatMap(({ text, sentAt, acknowledgedAt, places }) => {
    const found = all.filter(({ entry }) => entry.type === 'message' && entry.data.text === text);
    const [only] = found;
    if (!only || found.length > 1) return [`"${text}" is there ${found.length} times`];
    const elsewhere = places.filter(({ conversationId, seq }) => conversationId !== only.id || seq !== only.entry.seq);
    const isInTime = at(only.entry) >= sentAt - estimateMs && at(only.entry) <= acknowledgedAt + estimateMs;
    return [...elsewhere.map(() => `"${text}" was acknowledged where it is not`), ...(isInTime ? [] : [`"${text}" has another clock's time`])];
  });
}

function ofConversation({ id, status, timeline }: RacedConversation, toleranceMs: number): string[] {
  const faults: string[] = [];
  const closes = timeline.filter(({ type }) => type === 'closed');
  if (closes.length > 1) faults.push(`${id} closed ${closes.length} times`);
  if (timeline.some(({ seq }, index) => seq !== index + 1)) faults.push(`${id} has a gap`);
  if ((status === 'closed') !== (closes.length > 0)) faults.push(`${id} is said to be ${status}`);
  let isClosed = false;
  let lastInteractionAt = -Infinity;
  for (const entry of timeline) {
    if (isClosed && isInteraction(entry)) faults.push(`${id} has a ${entry.type} after its close`);
    if (entry.type === 'closed' && at(entry) - lastInteractionAt < toleranceMs) faults.push(`${id} closed ${toleranceMs - at(entry) + lastInteractionAt} ms early`);
    if (entry.type === 'closed') isClosed = true;
    if (entry.type === 'close-undone') isClosed = false;
    if (isInteraction(entry)) lastInteractionAt = at(entry);
  }
  return faults;
}

function ofAll({ firstId, conversations }: Raced): string[] {
  const faults: string[] = [];
  const active = conversations.filter(({ status }) => status === 'active');
  if (active.length !== 1) faults.push(`${active.length} are active`);
  if (new Set(conversations.map(({ customer }) => customer.id)).size > 1) faults.push('they are of several customers');
  const others = conversations.filter(({ id }) => id !== firstId);
  if (others.length === conversations.length) faults.push('the first is gone');
  for (const { id, timeline } of others) {
    if (!timeline.some(({ type }) => type === 'message')) faults.push(`${id} was opened by nothing`);
  }
  return faults;
}
