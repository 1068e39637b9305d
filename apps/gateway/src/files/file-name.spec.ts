import { cleanName } from './file-name.js';

it.each([
  ['factura.pdf', 'factura.pdf'],
  ['año ñandú 👋.png', 'año ñandú 👋.png'],
  ['../../x', 'x'],
  ['..\\..\\windows\\x.ini', 'x.ini'],
  ['C:\\fakepath\\foto.jpg', 'foto.jpg'],
  ['/etc/passwd', 'passwd'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['foto\u202egpj.exe', 'fotogpj.exe'],
  ['.htaccess', 'htaccess'],
  ['informe.pdf. . ', 'informe.pdf'],
  ['cafe\u0301.txt', 'café.txt'],
  ['', 'file'],
  ['..', 'file'],
  ['a/', 'file'],
  [undefined, 'file'],
])('%j is called %j', (given, cleaned) => {
  expect(cleanName(given)).toBe(cleaned);
});

it('a name is at most 200 long, keeps its extension and is no half of a character', () => {
  const cleaned = cleanName(`${'👋'.repeat(150)}.jpeg`);
  expect(cleaned.length).toBeLessThanOrEqual(200);
  expect(cleaned).toMatch(/👋\.jpeg$/);
  expect(cleaned.isWellFormed()).toBe(true);
  expect(cleanName('a'.repeat(300))).toHaveLength(200);
  expect(cleanName(`a\ud800b`)).toBe('a\ufffdb');
});
