/** Columns as wide as their widest cell, two blanks apart, each line indented alike. */
export function renderTable(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell));
  }
  return rows.map((row) => (indent + row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  ')).trimEnd()).join('\n');
}

/** In characters as they are seen, more or less: an accent may be a code point of its own. */
const segmenter = new Intl.Segmenter();
const width = (text: string): number => [...segmenter.segment(text)].length;
