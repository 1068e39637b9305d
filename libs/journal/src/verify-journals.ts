import { badCursor, defaultPageSize, type VerificationReport, type VerifyProjections } from '@relevo/contracts';
import type { ProjectionVerification } from './verify.js';

/** What a journal offers to this check. */
interface VerifiableJournal {
  verify(cursor: string | null, limit: number): Promise<ProjectionVerification>;
}

/**
 * One page of the operator's check over all journals of a service, one after the other. The cursor is
 * `<name>:<last aggregate checked>`, so names may be added but not reused for another journal.
 */
export async function verifyJournals(
  journals: Readonly<Record<string, VerifiableJournal>>,
  { cursor, limit = defaultPageSize }: VerifyProjections,
): Promise<VerificationReport> {
  const names = Object.keys(journals);
  const [start, after] = cursor === undefined ? [0, null] : parse(cursor, names);
  const report: VerificationReport = { checked: 0, differences: [], nextCursor: null };
  for (const [index, [name, journal]] of Object.entries(journals).slice(start).entries()) {
    const page = await journal.verify(index === 0 ? after : null, limit - report.checked);
    report.checked += page.checked;
    report.differences.push(...page.differences);
    if (page.nextCursor !== null) return { ...report, nextCursor: `${name}:${page.nextCursor}` };
  }
  return report;
}

function parse(cursor: string, names: readonly string[]): [index: number, after: string] {
  const [, name = '', after = ''] = /^([^:]+):([A-Za-z0-9_-]+)$/.exec(cursor) ?? [];
  const index = names.indexOf(name);
  if (index < 0) throw badCursor();
  return [index, after];
}
