/**
 * A place in the stream. The epoch tells one stream's numbering from another's: a stream that was lost and made again
 * counts from 1 like the first one did.
 */
export interface Position {
  readonly epoch: string;
  readonly seq: number;
}

/** From the stream's creation time, ISO 8601. */
export const epochOf = (created: string): string => Date.parse(created).toString(36);

/** As clients keep it; opaque to them. */
export const cursorOf = ({ epoch, seq }: Position): string => `${epoch}.${seq}`;

/** What `cursorOf` wrote; null for anything else. */
export function readCursor(cursor: unknown): Position | null {
  const [, epoch, digits] = (typeof cursor === 'string' && /^([0-9a-z]{1,16})\.(0|[1-9]\d{0,15})$/.exec(cursor)) || [];
  const seq = Number(digits);
  return epoch !== undefined && Number.isSafeInteger(seq) ? { epoch, seq } : null;
}
