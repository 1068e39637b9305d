/** What the system did otherwise than the model, by what it is about. */
export type Aspect = 'answer' | 'timeline' | 'assignee' | 'unread' | 'waiting' | 'order' | 'trays' | 'counters' | 'visibility';

export class Difference extends Error {
  constructor(
    readonly aspect: Aspect,
    message: string,
  ) {
    super(`${aspect}: ${message}`);
  }
}

const aspectOf: Readonly<Record<string, Aspect>> = {
  assigneeId: 'assignee',
  unread: 'unread',
  waitingSince: 'waiting',
  unansweredSince: 'waiting',
  tray: 'trays',
  teamId: 'trays',
  status: 'trays',
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Fails where a field that should be there is another, telling by its name what that is about. Others may be there. */
export function compare(place: string, is: unknown, should: unknown, otherwise: Aspect = 'answer'): void {
  if (!isObject(should)) {
    if (is !== should) throw new Difference(otherwise, `${place} should be ${JSON.stringify(should)}, is ${JSON.stringify(is)}`);
    return;
  }
  if (!isObject(is) || (Array.isArray(should) && is.length !== should.length)) {
    throw new Difference(otherwise, `${place} should be ${JSON.stringify(should)}, is ${JSON.stringify(is)}`);
  }
  for (const [field, value] of Object.entries(should)) compare(`${place}.${field}`, is[field], value, aspectOf[field] ?? otherwise);
}
