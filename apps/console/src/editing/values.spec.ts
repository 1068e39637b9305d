import type { AttributeDefinition, CustomerView } from '@relevo/contracts';
import { attributeField, attributeFields, nameField } from './fields';
import { editOf, inputOf, meantBy } from './values';

it.each([
  ['text', '  Av. Belgrano 12 ', 'Av. Belgrano 12'],
  ['text', '12', '12'],
  ['text', ' \n ', null],
  ['number', '1234.5', 1234.5],
  ['number', '-0.25', -0.25],
  ['number', 'doce', 'doce'],
  ['number', '', null],
  ['boolean', 'true', true],
  ['boolean', 'false', false],
  ['boolean', '', null],
  ['date', '2026-02-28', '2026-02-28'],
  ['email', ' ana@example.com ', 'ana@example.com'],
] as const)('as %s %j means %j', (type, text, value) => expect(meantBy(text, type)).toBe(value));

it.each([
  ['Salta', 'Salta'],
  [0, '0'],
  [false, 'false'],
  [null, ''],
  [undefined, ''],
  [{ a: 1 }, ''],
])('%j stands in an input as %j', (value, text) => expect(inputOf(value)).toBe(text));

it('an edit sets what has a value, takes out what has none, and names', () => {
  const field = (key: string) => attributeField(key, new Map());
  expect(editOf(new Map([[field('city'), 'Salta'], [field('plan'), null]]), 4)).toEqual({ version: 4, set: { city: 'Salta' }, unset: ['plan'] });
  expect(editOf(new Map([[nameField('Nombre'), 'Lucía']]), 1)).toEqual({ version: 1, name: 'Lucía' });
  // That a name is needed is said by the services.
  expect(editOf(new Map([[nameField('Nombre'), null]]), 1)).toEqual({ version: 1, name: '' });
});

it('fields come as they were defined, then what else is known, as text', () => {
  const definition: AttributeDefinition = { key: 'orders', label: 'Pedidos', type: 'number', required: true, readOnly: false, options: [] };
  const customer = { attributes: { constructor: { value: 'x' }, orders: { value: 1 } } } as unknown as CustomerView;
  expect(attributeFields(customer, new Map([['orders', definition]]))).toEqual([
    { id: 'attributes.orders', key: 'orders', label: 'Pedidos', type: 'number', required: true, readOnly: false, options: [] },
    { id: 'attributes.constructor', key: 'constructor', label: 'constructor', type: 'text', required: false, readOnly: false, options: [] },
  ]);
  expect(attributeFields(customer, new Map(), ['name', 'attributes.plan']).map(({ key }) => key)).toEqual(['constructor', 'orders', 'plan']);
});
