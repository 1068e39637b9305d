import type { ProjectionVerification } from './verify.js';
import { verifyJournals } from './verify-journals.js';

/** A journal with these aggregates, each of which differs. */
const journalOf = (name: string, ids: string[]) => ({
  verify: (cursor: string | null, limit: number): Promise<ProjectionVerification> => {
    const page = ids.filter((id) => cursor === null || id > cursor).slice(0, limit);
    const differences = page.map((id) => ({ journal: name, aggregateId: id, difference: 'planted' }));
    return Promise.resolve({ checked: page.length, differences, nextCursor: page.length === limit ? (page.at(-1) ?? cursor) : null });
  },
});

const journals = { team: journalOf('team', ['a', 'b', 'c']), agent: journalOf('agent', []), workspace: journalOf('workspace', ['d', 'e']) };

it.each([1, 2, 3, 5, 100])('checks every aggregate of every journal once, %i at a time', async (limit) => {
  const seen: string[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await verifyJournals(journals, { limit, ...(cursor && { cursor }) });
    expect(page.checked).toBeLessThanOrEqual(limit);
    expect(page.differences).toHaveLength(page.checked);
    seen.push(...page.differences.map(({ journal, aggregateId }) => `${journal} ${aggregateId}`));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(['team a', 'team b', 'team c', 'workspace d', 'workspace e']);
});

it.each(['', 'team', 'tag:x', 'team:', 'team:a b'])('refuses the foreign cursor %j', async (cursor) => {
  await expect(verifyJournals(journals, { cursor })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
});
