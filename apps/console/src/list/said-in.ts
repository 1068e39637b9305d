import type { FoundBy, FoundPlace } from '@relevo/contracts';

/** What somebody said. Of whom a customer is, or was, an entry may tell too; but nobody looks for that entry. */
const said: ReadonlySet<FoundPlace> = new Set(['message', 'file', 'note', 'transfer']);

/** The entry in which what was searched for is said, if one does. */
export const saidIn = (found: FoundBy | undefined): number | null => (found && said.has(found.in) ? (found.seq ?? null) : null);
