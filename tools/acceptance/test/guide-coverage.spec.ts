import { notPassed, readCoverage } from './support/guide-coverage.js';

const table = ['| sentence | rule | shown by |', '| --- | --- | --- |', '| Insertar Emojis | Sending | `a.spec.ts`: keeps emoji<br>step 4 |'].join('\n');
const rows = readCoverage(table);

describe('the coverage of the manual', () => {
  it('is read from its table', () => {
    expect(rows).toEqual([{ sentence: 'Insertar Emojis', rule: 'Sending', tests: [{ file: 'a.spec.ts', name: 'keeps emoji' }], owed: ['step 4'] }]);
  });

  it.each(['| a | b |', '| a | b | c |', '| a | b | `a.spec.ts` |', '| a | b | later |'])('takes nothing for a test that is none: %s', (line) => {
    expect(() => readCoverage(line)).toThrow();
  });

  it.each([
    ['passed', { 'keeps emoji': 'passed' }, []],
    ['failed', { 'keeps emoji': 'failed' }, ['a.spec.ts: keeps emoji (failed)']],
    ['goes by another name now', { 'keeps every emoji': 'passed' }, ['a.spec.ts: keeps emoji (did not run)']],
    ['is in a file that did not run', null, ['a.spec.ts: keeps emoji (did not run)']],
  ])('finds out what %s', (_, results, expected) => {
    expect(notPassed(rows, () => results)).toEqual(expected);
  });
});
