/** One sentence of the agents' manual, and what shows that it holds. */
export interface CoverageRow {
  readonly sentence: string;
  /** Where the product rule stands, in words. */
  readonly rule: string;
  readonly tests: readonly NamedTest[];
  /** What of the sentence is not here yet, such as `step 5` or `later: bot`. */
  readonly owed: readonly string[];
}

export interface NamedTest {
  readonly file: string;
  /** With its describes, as the runner says it. */
  readonly name: string;
}

/** What the runner kept of a file: full name to status. Null when it did not run. */
export type ResultsOf = (file: string) => Readonly<Record<string, string>> | null;

const owing = /^(step \d|later: [a-z]+)$/;

/** The rows of the document's tables: `| sentence | rule | test<br>test |`, a test being `` `file`: full name ``. */
export function readCoverage(markdown: string): CoverageRow[] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| sentence') && !line.startsWith('| ---'));
  return rows.map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, sentence = '', rule = '', shown = ''] = cells;
    if (cells.length !== 5) throw new Error(`Not a row of three cells: ${line}`);
    const named = shown.split('<br>').map((part) => part.trim());
    return {
      sentence,
      rule,
      tests: named.filter((part) => !owing.test(part)).map(readTest),
      owed: named.filter((part) => owing.test(part)),
    };
  });
}

function readTest(text: string): NamedTest {
  const [, file, name] = /^`([^`]+)`: (.+)$/.exec(text) ?? [];
  if (!file || !name) throw new Error(`Not a test, nor what is owed: ${text}`);
  return { file, name };
}

/** Tests that are named and did not pass in the last run. */
export const notPassed = (rows: readonly CoverageRow[], resultsOf: ResultsOf): string[] =>
  rows
    .flatMap(({ tests }) => tests)
    .filter(({ file, name }) => resultsOf(file)?.[name] !== 'passed')
    .map(({ file, name }) => `${file}: ${name} (${resultsOf(file)?.[name] ?? 'did not run'})`);
