import type { ConversationView } from '@relevo/contracts';
import { apart, partOf } from './apart.js';
import type { Place } from './order.js';

/** A row as it is shown. */
export interface ListRow {
  readonly conversation: ConversationView;
  /** It is not in the list any more, and goes with the next updates. */
  readonly gone: boolean;
}

interface HeldRow extends ListRow {
  /** Where it stood when it was put there. */
  readonly order: number;
}

/** Rows that stay where they are while somebody points at one. What is in them goes on. */
export interface HeldRows {
  readonly rows: readonly HeldRow[];
  /** How many conversations came, left or moved since: what "n updates" counts. */
  readonly updates: number;
}

type PlaceOf = (view: ConversationView) => Place;

const heldRows = (views: readonly ConversationView[], placeOf: PlaceOf): readonly HeldRow[] =>
  views.map((conversation) => ({ conversation, gone: false, order: placeOf(conversation).order }));

export const hold = (now: readonly ConversationView[], placeOf: PlaceOf): HeldRows => ({ rows: heldRows(now, placeOf), updates: 0 });

/** The same rows with what they show now. */
export function heldWith({ rows }: HeldRows, now: readonly ConversationView[], placeOf: PlaceOf): HeldRows {
  const alike = apart(rows, now, ({ conversation }, { id }) => conversation.id === id);
  const [rowsApart, nowApart] = [partOf(rows, alike), partOf(now, alike)];
  const current = new Map(nowApart.map((view) => [view.id, view]));
  const viewOf = (id: string, index: number): ConversationView | undefined => {
    if (index < alike.before) return now[index];
    const fromEnd = rows.length - index;
    return fromEnd <= alike.after ? now[now.length - fromEnd] : current.get(id);
  };
  return {
    rows: rows.map((row, index) => showing(row, viewOf(row.conversation.id, index))),
    updates: updatesOf(rowsApart, nowApart, placeOf),
  };
}

function showing(row: HeldRow, view: ConversationView | undefined): HeldRow {
  const [conversation, gone] = [view ?? row.conversation, view === undefined];
  return conversation === row.conversation && gone === row.gone ? row : { ...row, conversation, gone };
}

/** A page came: what is new of it goes below. What events brought meanwhile does not. */
export function heldAndMore({ rows, updates }: HeldRows, before: readonly ConversationView[], now: readonly ConversationView[], placeOf: PlaceOf): HeldRows {
  const alike = apart(before, now, (one, other) => one.id === other.id);
  const added = new Map(partOf(now, alike).map((view) => [view.id, view]));
  for (const { id } of partOf(before, alike)) added.delete(id);
  for (const { conversation } of rows) added.delete(conversation.id);
  return { rows: [...rows, ...heldRows([...added.values()], placeOf)], updates };
}

function updatesOf(rows: readonly HeldRow[], now: readonly ConversationView[], placeOf: PlaceOf): number {
  const orders = new Map(rows.map(({ conversation, order }) => [conversation.id, order]));
  const current = new Set(now.map(({ id }) => id));
  const stayed = rows.filter(({ conversation }) => current.has(conversation.id));
  const inOrder = now.filter(({ id }) => orders.has(id));
  const isInPlace = inOrder.every(({ id }, index) => id === stayed[index]?.conversation.id);
  const moved = isInPlace ? 0 : inOrder.filter((view) => placeOf(view).order !== orders.get(view.id)).length;
  return now.length - inOrder.length + (rows.length - stayed.length) + moved;
}
