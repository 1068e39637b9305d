import { badCursor, type ConversationSort } from '@relevo/contracts';

/** A place in an order: that of a conversation, by its number there and its id. */
export interface Position {
  readonly order: number;
  readonly id: string;
}

export const isBefore = (a: Position, b: Position): boolean => a.order < b.order || (a.order === b.order && a.id < b.id);

/** What comes after a place; bounds the leading key, so that the index is entered there and not before. */
export const after = (sort: ConversationSort, { order, id }: Position): Record<string, unknown> => ({
  [`orders.${sort}`]: { $gte: order },
  $or: [{ [`orders.${sort}`]: { $gt: order } }, { _id: { $gt: id } }],
});

/** A cursor names its order: a place in one is nowhere in another. */
export const toCursor = (sort: ConversationSort, { order, id }: Position): string => Buffer.from(JSON.stringify([sort, order, id])).toString('base64url');

export function fromCursor(sort: ConversationSort, cursor: string): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value) && value.length === 3) {
      const [of, order, id] = value as unknown[];
      if (of === sort && typeof order === 'number' && Number.isSafeInteger(order) && typeof id === 'string') return { order, id };
    }
  } catch {
    // Not ours; said below.
  }
  throw badCursor();
}
