import { firstLanguage } from './language';

it('is what was chosen, else the browser’s, else Spanish', () => {
  expect(firstLanguage('pt', ['en-GB'])).toBe('pt');
  expect(firstLanguage(null, ['de-DE', 'en-GB', 'es'])).toBe('en');
  expect(firstLanguage('xx', ['de'])).toBe('es');
  expect(firstLanguage(null, [])).toBe('es');
});
