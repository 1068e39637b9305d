import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Keeps what became of each test, by its full name: `dist/test-results/<file>.json`. What the documents say is held against it. */
export default class Results {
  constructor({ rootDir }) {
    this.root = rootDir;
  }

  onTestResult({ path }, { testResults }) {
    const file = resolve(this.root, 'dist/test-results', `${relative(this.root, path)}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(Object.fromEntries(testResults.map(({ fullName, status }) => [fullName, status])), null, 1));
  }
}
