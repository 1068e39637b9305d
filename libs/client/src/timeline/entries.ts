import type { Entry, EntryData, EntryType } from '@relevo/contracts';

/** An entry whose `data` is known by its `type`. */
export type TimelineEntry = { [T in EntryType]: Omit<Entry, 'type' | 'data'> & { readonly type: T; readonly data: EntryData[T] } }[EntryType];

/** The contract says what `data` is; a class cannot. */
export const typed = (entries: readonly Entry[]): readonly TimelineEntry[] => entries as readonly TimelineEntry[];
