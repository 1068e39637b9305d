import { invalid } from '@relevo/contracts';

/** In the history of an identity: which of its conversations, counted from 1, and a seq in it. */
export interface Place {
  readonly ordinal: number;
  readonly seq: number;
}

/** The last that an entry's id has room for. */
const lastSeq = 9_999_999_999;

/** After everything in that conversation. */
export const endOf = (ordinal: number): Place => ({ ordinal, seq: lastSeq });

/** As customers keep it. It names no conversation: one's own history is all that it can be a place in. */
export const toCursor = ({ ordinal, seq }: Place): string => `${ordinal}.${seq}`;

export function fromCursor(cursor: string): Place {
  const [, ordinal, seq] = /^([1-9]\d{0,8})\.([1-9]\d{0,9})$/.exec(cursor) ?? [];
  if (ordinal === undefined || seq === undefined) throw invalid('before', 'is not one of ours');
  return { ordinal: Number(ordinal), seq: Number(seq) };
}
