import { badCursor, type ConversationSort } from '@relevo/contracts';
import type { Position } from '../lists/position.js';

/**
 * How far a search has come. Places are told by their order alone, which is a conversation's own: its id would name one
 * that the agent may not see.
 */
export interface SearchPlace {
  /** Conversations up to here have been looked at; null: not even the one of the number that is asked for. */
  readonly looked: number | null;
  /** In an order of the lists: where among what is found after `looked` the page ended; null: before all of it. */
  readonly sorted: Position | null;
}

export const beginning: SearchPlace = { looked: null, sorted: null };

const inItsOwnOrder = 'found';

/** A cursor names its order: a place in one is nowhere in another. */
export const toSearchCursor = (sort: ConversationSort | undefined, { looked, sorted }: SearchPlace): string =>
  Buffer.from(JSON.stringify([inItsOwnOrder, sort ?? null, looked, ...(sorted === null ? [] : [sorted.order, sorted.id])])).toString('base64url');

const isOrder = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

export function fromSearchCursor(sort: ConversationSort | undefined, cursor: string): SearchPlace {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value)) {
      const [kind, of, looked, order, id, ...rest] = value as unknown[];
      const isPlace = kind === inItsOwnOrder && of === (sort ?? null) && (looked === null || isOrder(looked)) && rest.length === 0;
      if (isPlace && order === undefined) return { looked, sorted: null };
      if (isPlace && sort !== undefined && isOrder(order) && typeof id === 'string') return { looked, sorted: { order, id } };
    }
  } catch {
    // Not ours; said below.
  }
  throw badCursor();
}
