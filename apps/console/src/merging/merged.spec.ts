import type { CustomerView } from '@relevo/contracts';
import { mergedAttributes, nameHolds } from './merged';

const person = (name: string, externalId: string, attributes: Record<string, unknown> = {}): CustomerView =>
  ({ name, identities: [{ channelId: 'web', externalId }], attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, { value }])) }) as unknown as CustomerView;

it('who stays keeps what they have and takes the rest', () => {
  const stays = person('Rosa', 'rosa', { city: 'Salta', orders: 0, vip: false });
  const goes = person('Rosita', '+54', { city: 'Jujuy', plan: 'pro', vip: true, constructor: 'x' });
  expect(mergedAttributes(stays, goes)).toEqual([
    { key: 'city', stays: 'Salta', goes: 'Jujuy', holds: 'stays' },
    { key: 'orders', stays: 0, goes: null, holds: 'stays' },
    { key: 'vip', stays: false, goes: true, holds: 'stays' },
    { key: 'plan', stays: null, goes: 'pro', holds: 'goes' },
    { key: 'constructor', stays: null, goes: 'x', holds: 'goes' },
  ]);
});

it('a name replaces only the lack of one', () => {
  expect([nameHolds(person('Rosa', 'rosa-1')), nameHolds(person('+5491', '+5491'))]).toEqual(['stays', 'goes']);
});
