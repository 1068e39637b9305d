import type { QuickReplyView } from '@relevo/contracts';
import { filledIn, matching, slashAt } from './quick-replies';

it.each([
  ['/', 1, { start: 0, typed: '' }],
  ['/sal', 4, { start: 0, typed: 'sal' }],
  ['Hola /env', 9, { start: 5, typed: 'env' }],
  ['Hola\n/á-2', 9, { start: 5, typed: 'á-2' }],
  ['/sal y más', 4, { start: 0, typed: 'sal' }],
  ['1/2', 3, null],
  ['https://x', 9, null],
  ['/sal y', 6, null],
  ['/sal', 0, null],
])('in %j at %d is %j', (text, caret, expected) => expect(slashAt(text, caret)).toEqual(expected));

const reply = (shortcut: string, text = '', archived = false): QuickReplyView => ({ id: shortcut, shortcut, text, archived });

it('finds by shortcut, then by text, whatever the accents, and nothing archived', () => {
  const all = [reply('envío'), reply('reenvio'), reply('saludo', 'Le ENVIO un saludo'), reply('envio-viejo', '', true), reply('otro')];
  expect(matching(all, 'envio').map(({ shortcut }) => shortcut)).toEqual(['envío', 'reenvio', 'saludo']);
  expect(matching(all, '').map(({ shortcut }) => shortcut)).toEqual(['envío', 'otro', 'reenvio', 'saludo']);
});

it('fills in what is known, and leaves what is not for the eye to see', () => {
  const attribute = (value: unknown) => ({ value, source: 'bot' as const, by: 'b', at: '' });
  const customer = { name: 'Rosa', attributes: { pedido: attribute(42), ciudad: attribute('Rosario'), vip: attribute(true) } };
  const text = '{{customer.name}} {{ customer.ciudad }} {{customer.pedido}} {{customer.vip}} {{customer.toString}} {{agent.name}} {{otro}}';
  expect(filledIn(text, { customer, agentName: 'Ana' })).toBe('Rosa Rosario 42 {{customer.vip}} {{customer.toString}} Ana {{otro}}');
  expect(filledIn('{{customer.name}}', { customer: null, agentName: 'Ana' })).toBe('{{customer.name}}');
  // A value is not filled in again.
  expect(filledIn('{{customer.name}}', { customer: { name: '{{agent.name}}', attributes: {} }, agentName: 'Ana' })).toBe('{{agent.name}}');
});
