import { firstLanguage } from './language';

it('speaks what was chosen, else the first of the browser’s languages that it knows, else Spanish', () => {
  expect(firstLanguage('pt', ['en-GB'])).toBe('pt');
  expect(firstLanguage(null, ['fr', 'en-GB', 'pt'])).toBe('en');
  expect(firstLanguage('xx', ['fr'])).toBe('es');
});
