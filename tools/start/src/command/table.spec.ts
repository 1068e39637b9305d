import { renderTable } from './table.js';

it('aligns columns, whatever people are called', () => {
  const table = renderTable([
    ['agent', 'Ana Beltrán', 'x'],
    ['supervisor', 'Núñez', 'yy'],
  ]);
  expect(table).toBe(['  agent       Ana Beltrán  x', '  supervisor  Núñez        yy'].join('\n'));
});

it('leaves no blanks at the end, and takes rows of different lengths', () => {
  expect(renderTable([['a', ''], ['long', 'b', 'c'], ['d']], '')).toBe('a\nlong  b  c\nd');
});
