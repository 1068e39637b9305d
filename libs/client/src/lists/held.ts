import type { ConversationView } from '@relevo/contracts';
import type { Place } from './order.js';

/** A row as it is shown. */
export interface ListRow {
  readonly conversation: ConversationView;
  /** It is not in the list any more, and goes with the next updates. */
  readonly gone: boolean;
}

/** Rows that stay where they are while somebody points at one. What is in them goes on. */
export interface HeldRows {
  readonly rows: readonly ListRow[];
  /** Where each stood when it was put there. */
  readonly places: ReadonlyMap<string, number>;
}

type PlaceOf = (view: ConversationView) => Place;

export const hold = (rows: readonly ConversationView[], placeOf: PlaceOf): HeldRows => ({
  rows: rows.map((conversation) => ({ conversation, gone: false })),
  places: new Map(rows.map((view) => [view.id, placeOf(view).order])),
});

/** The same rows with what they show now. */
export function heldWith({ rows, places }: HeldRows, now: readonly ConversationView[]): HeldRows {
  const current = new Map(now.map((view) => [view.id, view]));
  return {
    places,
    rows: rows.map((row) => {
      const conversation = current.get(row.conversation.id) ?? row.conversation;
      const gone = !current.has(row.conversation.id);
      return conversation === row.conversation && gone === row.gone ? row : { conversation, gone };
    }),
  };
}

/** A page came: what is new of it goes below. */
export function heldAndMore(held: HeldRows, more: readonly ConversationView[], placeOf: PlaceOf): HeldRows {
  const added = more.filter(({ id }) => !held.places.has(id));
  const { rows, places } = hold(added, placeOf);
  return { rows: [...held.rows, ...rows], places: new Map([...held.places, ...places]) };
}

/** How many conversations came, left or moved since: what "n updates" counts. */
export function updatesOf({ rows, places }: HeldRows, now: readonly ConversationView[], placeOf: PlaceOf): number {
  const current = new Set(now.map(({ id }) => id));
  const came = now.filter(({ id }) => !places.has(id)).length;
  const stayed = rows.filter(({ conversation }) => current.has(conversation.id)).map(({ conversation }) => conversation.id);
  const inOrder = now.filter(({ id }) => places.has(id));
  const isInPlace = inOrder.every(({ id }, index) => id === stayed[index]);
  const moved = isInPlace ? 0 : inOrder.filter((view) => placeOf(view).order !== places.get(view.id)).length;
  return came + (rows.length - stayed.length) + moved;
}
