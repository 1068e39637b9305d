import type { CustomerView } from '@relevo/contracts';
import { RelevoError } from '../api/error.js';
import { Customer } from './customer.js';

const lucia = (version: number, attributes: Record<string, unknown> = {}, more: Partial<CustomerView> = {}): CustomerView => ({
  id: 'lucia',
  name: 'Lucía',
  identities: [],
  attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, { value, source: 'agent', by: 'beto', at: '2026-01-05T09:00:00.000Z' }])),
  version,
  affinityAgentId: null,
  blocked: false,
  ...more,
});

const conflict = new RelevoError({ code: 'CONFLICT', message: 'changed' });

async function shown(first: CustomerView): Promise<Customer> {
  const customer = new Customer('lucia', () => Promise.resolve(first));
  await customer.load();
  return customer;
}

const changedOf = (customer: Customer): readonly string[] => customer.getSnapshot().changed;
const city = (value: string | null): Map<string, unknown> => new Map([['attributes.city', value]]);

it('points out what others changed, added and took out, until it was seen', async () => {
  const customer = await shown(lucia(1, { city: 'Salta', plan: 'pro' }));
  expect(changedOf(customer)).toEqual([]);
  customer.tell(lucia(2, { city: 'Jujuy', plan: 'pro' }));
  customer.tell(lucia(3, { city: 'Jujuy', street: 'Belgrano' }, { name: 'Lucía Sosa', blocked: true }));
  expect(changedOf(customer)).toEqual(['attributes.city', 'name', 'blocked', 'attributes.plan', 'attributes.street']);
  customer.seen('attributes.city');
  customer.seen('attributes.nothing');
  expect(changedOf(customer)).toEqual(['name', 'blocked', 'attributes.plan', 'attributes.street']);
});

it('knows keys from what every object has', async () => {
  const customer = await shown(lucia(1));
  customer.tell(lucia(2, { constructor: 'one' }));
  expect(changedOf(customer)).toEqual(['attributes.constructor']);
});

it('an older version tells nothing', async () => {
  const customer = await shown(lucia(4, { city: 'Salta' }));
  customer.tell(lucia(3, { city: 'Jujuy' }));
  customer.tell(lucia(4, { city: 'Jujuy' }));
  expect(customer.getSnapshot()).toMatchObject({ customer: lucia(4, { city: 'Salta' }), changed: [] });
});

describe('a command of the agent’s own', () => {
  it('is no news, whether its event or its answer comes first', async () => {
    const customer = await shown(lucia(1));
    await customer.effectOf(city('Salta'), () => Promise.resolve(lucia(2, { city: 'Salta' })));
    expect(changedOf(customer)).toEqual([]);
    await customer.effectOf(city(null), () => {
      customer.tell(lucia(3));
      return Promise.resolve(lucia(3));
    });
    expect(customer.getSnapshot()).toMatchObject({ customer: { version: 3 }, changed: [] });
  });

  it('does not hide what another changed meanwhile, in the same field or another one', async () => {
    const customer = await shown(lucia(1));
    await customer.effectOf(city('Salta'), () => Promise.resolve(lucia(3, { city: 'Salta', plan: 'pro' })));
    expect(changedOf(customer)).toEqual(['attributes.plan']);
    const refused = customer.effectOf(city('Jujuy'), () => {
      customer.tell(lucia(4, { city: 'Tilcara', plan: 'pro' }));
      return Promise.reject(conflict);
    });
    await expect(refused).rejects.toBe(conflict);
    expect(changedOf(customer)).toEqual(['attributes.plan', 'attributes.city']);
    customer.tell(lucia(5, { city: 'Jujuy', plan: 'pro' }));
    expect(changedOf(customer)).toEqual(['attributes.plan', 'attributes.city']);
  });
});

it('who was merged is whom they became, whichever way that is learnt, and never who they were again', async () => {
  const rosa = lucia(2, {}, { id: 'rosa', name: 'Rosa' });
  const answers = [lucia(7), rosa];
  const customer = new Customer('lucia', () => Promise.resolve(answers.shift()!));
  await customer.load();
  customer.tell(lucia(8, {}, { mergedIntoId: 'rosa' }));
  expect(customer.getSnapshot().customer).toMatchObject({ id: 'lucia', mergedIntoId: 'rosa' });
  await customer.load();
  customer.tell(lucia(9, {}, { mergedIntoId: 'rosa' }));
  expect(customer.getSnapshot()).toMatchObject({ customer: rosa, changed: [] });
});
