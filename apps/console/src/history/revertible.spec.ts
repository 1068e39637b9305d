import type { AttributeDefinition, CustomerFieldChange, CustomerView } from '@relevo/contracts';
import { isRevertible } from './revertible';

const customer = { id: 'lucia', name: 'Lucía', version: 9, attributes: { city: { value: 'Salta' }, plan: { value: 'pro' } } } as unknown as CustomerView;
const definition = (key: string, more: Partial<AttributeDefinition>): [string, AttributeDefinition] => [key, { key, label: key, type: 'text', required: false, readOnly: false, options: [], ...more }];
const change = (field: string, from: unknown, to: unknown): CustomerFieldChange => ({ field, from, to });
const city = change('attributes.city', 'Jujuy', 'Salta');

it.each([
  ['an edit', 'customer-edited', [city], [], true],
  ['what a channel told', 'customer-attributes-collected', [city], [], true],
  ['an edit of which a part is so again', 'customer-edited', [city, change('attributes.plan', 'pro', 'free')], [], true],
  ['an edit that is so again', 'customer-edited', [change('attributes.plan', 'pro', 'free')], [], false],
  ['what was added', 'customer-edited', [change('attributes.plan', null, 'pro')], [], true],
  ['what was added and is required', 'customer-edited', [change('attributes.plan', null, 'pro')], [definition('plan', { required: true })], false],
  ['what agents do not change', 'customer-edited', [city], [definition('city', { readOnly: true })], false],
  ['a name', 'customer-edited', [change('name', 'Lu', 'Lucía')], [], true],
  ['a merge', 'customer-merged-from', [city], [], false],
  ['a block', 'customer-blocked', [change('blocked', false, true)], [], false],
] as const)('%s', (_, type, changes, definitions, expected) => {
  expect(isRevertible({ type, changes: [...changes] }, customer, new Map(definitions))).toBe(expected);
});
