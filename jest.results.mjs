import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const firstLine = (text) => stripVTControlCharacters(text).split('\n').find((line) => line.trim() !== '') ?? '';

/**
 * Keeps what became of each test, by its full name: `dist/test-results/<file>.json`. What the documents say is held against it.
 * What failed is told once more at the very end, a line each: of a long output often only that is kept.
 */
export default class Results {
  constructor({ rootDir }) {
    this.root = rootDir;
  }

  onTestResult({ path }, { testResults }) {
    const file = resolve(this.root, 'dist/test-results', `${relative(this.root, path)}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(Object.fromEntries(testResults.map(({ fullName, status }) => [fullName, status])), null, 1));
  }

  onRunComplete(_contexts, { testResults }) {
    for (const { testFilePath, testExecError, testResults: tests } of testResults) {
      const file = relative(this.root, testFilePath);
      const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName, failureMessages: [reason = ''] }) => [fullName, reason]);
      if (testExecError) failed.push(['could not be run', testExecError.message]);
      for (const [name, reason] of failed) process.stderr.write(`FAILED ${file}: ${name}: ${firstLine(reason)}\n`);
    }
  }
}
