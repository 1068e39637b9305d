import { identityText } from './identity';

it.each([
  ['+5493415550101', 'WhatsApp · +5493415550101'],
  ['user:4711', 'WhatsApp · 4711'],
  ['visitor:j3cPMWTsrDyKjuxkC7V386db', 'WhatsApp'],
])('%s is read as %s', (externalId, words) => expect(identityText('WhatsApp', externalId)).toBe(words));

it('of a channel without a name it is what the channel calls them', () => expect(identityText('', 'cliente-7')).toBe('cliente-7'));
