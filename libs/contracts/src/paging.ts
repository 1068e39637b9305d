import { AppError } from './errors.js';
import { IsLimit, IsString, MaxLength, Optional } from './fields.js';

export const defaultPageSize = 25;

/** A page of any list: `limit` 1 to 100, `cursor` as `nextCursor` gave it. */
export class PageRequest {
  @IsLimit() limit?: number;
  @Optional() @IsString() @MaxLength(512) cursor?: string;
}

export const badCursor = (): AppError =>
  new AppError('VALIDATION_FAILED', 'cursor: is not one of ours', { errors: [{ path: 'cursor', message: 'is not one of ours' }] });

/** A page of a list that is at hand whole, in its order. Its cursor is the id of the last item. */
export function pageOf<T>(
  items: readonly T[],
  { limit = defaultPageSize, cursor }: PageRequest,
  idOf: (item: T) => string,
): { items: T[]; nextCursor: string | null } {
  const last = cursor === undefined ? -1 : items.findIndex((item) => idOf(item) === cursor);
  if (cursor !== undefined && last < 0) throw badCursor();
  const page = items.slice(last + 1, last + 1 + limit);
  const end = page.at(-1);
  return { items: page, nextCursor: end !== undefined && last + 1 + limit < items.length ? idOf(end) : null };
}
