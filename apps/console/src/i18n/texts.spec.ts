import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { allTexts } from './all-texts';
import { languages } from './language';

type Words = Readonly<Record<string, string>>;

const placeholders = (text: string): string[] => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name).sort();

describe.each(Object.entries(allTexts))('%s', (_, texts) => {
  const es: Words = texts.es;

  it.each(languages)('says all of it in %s, with the same values in it', (language) => {
    const said: Words = texts[language];
    expect(Object.keys(said).toSorted()).toEqual(Object.keys(es).toSorted());
    expect(Object.entries(said).filter(([, text]) => text.trim() === '')).toEqual([]);
    expect(Object.entries(said).filter(([key, text]) => placeholders(text).join() !== placeholders(es[key] ?? '').join())).toEqual([]);
  });
});

const src = join(import.meta.dirname, '..');

/** Attributes whose value somebody reads, or hears. */
const spoken = ['title', 'label', 'placeholder', 'alt', 'aria-label', 'aria-description', 'aria-roledescription', 'hint', 'description'];
const isWord = (text: string): boolean => /\p{L}{2,}/u.test(text);

/** Texts that stand in a component itself, where no language reaches them. */
function literalsOf(file: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && isWord(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && spoken.includes(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer) && isWord(node.initializer.text)) found.push(node.initializer.text);
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteralLike(node.expression) && !ts.isJsxAttribute(node.parent) && isWord(node.expression.text)) found.push(node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

it('components have no words of their own', () => {
  const files = globSync('**/*.tsx', { cwd: src });
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => literalsOf(file, readFileSync(join(src, file), 'utf8')).map((text) => `${file}: ${text}`))).toEqual([]);
});

it('words would be found in text, in an attribute and in an expression', () => {
  expect(literalsOf('x.tsx', `const a = <p title="Hola" className="row">Buenas {'tardes'} · {t('hey')}</p>;`)).toEqual(['Hola', 'Buenas', 'tardes']);
});
