import { existsSync, readFileSync } from 'node:fs';
import { notPassed, readCoverage } from './support/guide-coverage.js';

const rows = readCoverage(readFileSync('docs/guide-coverage.md', 'utf8'));

const resultsOf = (file: string): Record<string, string> | null => {
  const kept = `dist/test-results/${file}.json`;
  return existsSync(file) && existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Record<string, string>) : null;
};

describe('docs/guide-coverage.md', () => {
  it('has something to show for each sentence of the manual', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ tests, owed }) => tests.length + owed.length === 0)).toEqual([]);
  });

  it('names tests that exist, ran and passed', () => {
    expect(notPassed(rows, resultsOf)).toEqual([]);
  });
});
