import type { ConversationSort, ConversationView } from '@relevo/contracts';

/** Above any time in milliseconds, exact as a double: as the server has it. */
const neverWaiting = 2 ** 52;

/** A place in an order: a number, ties broken by id. */
export interface Place {
  readonly order: number;
  readonly id: string;
}

export const isBefore = (a: Place, b: Place): boolean => a.order < b.order || (a.order === b.order && a.id < b.id);

type Ordered = Pick<ConversationView, 'id' | 'waitingSince' | 'lastInteractionAt' | 'assignedAt' | 'openedAt'>;

/** Where a conversation stands (product rule "Order of a list"). */
export function placeOf(sort: ConversationSort, { id, waitingSince, lastInteractionAt, assignedAt, openedAt }: Ordered): Place {
  const activity = neverWaiting - Date.parse(lastInteractionAt);
  switch (sort) {
    case 'waiting':
      return { id, order: waitingSince === null ? activity : Date.parse(waitingSince) };
    case 'activity':
      return { id, order: activity };
    case 'assigned':
      return { id, order: Date.parse(assignedAt ?? openedAt) };
  }
}
