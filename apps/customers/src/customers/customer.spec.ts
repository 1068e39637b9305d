import fc from 'fast-check';
import { type CustomerCommand, type CustomerEntry, customerIdOf, type CustomerState, customerView, maxAttributes, type TellCommand } from './customer.js';
import { decide } from './decide.js';
import { fold } from './fold.js';

const identity = { channelId: 'api', externalId: '+541' };
const by = { kind: 'system', id: 'api', name: 'channel' } as const;
const start = Date.UTC(2026, 2, 1);

const aCommand = (type: TellCommand['type'], more: Partial<TellCommand> = {}): TellCommand => ({
  type,
  by,
  identity,
  name: null,
  attributes: {},
  ...more,
});

/** The state after one more command, as the journal would make it; the same one when there was nothing to do. */
function after(state: CustomerState | null, command: CustomerCommand): CustomerState {
  const seq = (state?.seq ?? 0) + 1;
  const at = new Date(start + seq * 1_000);
  const decision = decide(state, command);
  if (decision === null) return state!;
  return fold(state, { _id: `c:${seq}`, aggregateId: 'c', workspaceId: 'sur', seq, commandKey: `${seq}`, fingerprint: null, at, published: false, version: 1, ...decision } as CustomerEntry);
}

const created = (more: Partial<TellCommand> = {}): CustomerState => after(null, aCommand('create', more));

describe('a customer', () => {
  it('has an id of their first identity', () => {
    expect(customerIdOf('sur', identity)).toBe(customerIdOf('sur', { ...identity }));
    const others = [customerIdOf('norte', identity), customerIdOf('sur', { ...identity, channelId: 'web' }), customerIdOf('sur', { ...identity, externalId: '+542' })];
    expect(new Set([customerIdOf('sur', identity), ...others]).size).toBe(4);
  });

  it('is called by their external id until somebody knows better', () => {
    const unnamed = created();
    expect(unnamed.name).toBe('+541');
    const named = after(unnamed, aCommand('collect', { name: 'Lucía' }));
    expect(named.name).toBe('Lucía');
    expect(decide(named, aCommand('collect', { name: 'Otra' }))).toBeNull();
    expect(decide(named, aCommand('collect'))).toBeNull();
  });

  it('keeps what a channel tells, with where it came from', () => {
    const state = created({ attributes: { city: 'Rosario' } });
    expect(customerView('c', state)).toEqual({
      id: 'c',
      name: '+541',
      identities: [identity],
      attributes: { city: { value: 'Rosario', source: 'api', by: 'api', at: state.at.toISOString() } },
      version: 1,
      affinityAgentId: null,
      blocked: false,
    });
  });

  it('takes in what changed alone', () => {
    const state = created({ attributes: { city: 'Rosario', plan: 'pro' } });
    const collect = aCommand('collect', { attributes: { city: 'Salta', plan: 'pro', email: 'l@example.org' } });
    expect(decide(state, collect)).toEqual({
      type: 'customer-attributes-collected',
      actor: by,
      data: { channelId: 'api', name: null, attributes: { city: 'Salta', email: 'l@example.org' } },
    });
    const next = after(state, collect);
    expect(next.attributes.plan).toEqual(state.attributes.plan);
    expect(decide(next, collect)).toBeNull();
  });

  it('keeps what an agent set', () => {
    const state = created({ attributes: { city: 'Rosario' } });
    const edited: CustomerState = { ...state, attributes: { city: { value: 'Córdoba', source: 'agent', by: 'ana', at: '2026-03-01T10:00:00.000Z' } } };
    expect(decide(edited, aCommand('collect', { attributes: { city: 'Rosario' } }))).toBeNull();
  });

  it('has a bounded number of attributes', () => {
    const attributes = Object.fromEntries(Array.from({ length: maxAttributes }, (_, index) => [`a${index}`, 'x']));
    const full = created({ attributes });
    expect(decide(full, aCommand('collect', { attributes: { a1: 'y' } }))).not.toBeNull();
    expect(() => decide(full, aCommand('collect', { attributes: { one_more: 'y' } }))).toThrow('attributes.one_more: ');
  });

  it('is not made twice, nor out of nothing', () => {
    expect(() => decide(created(), aCommand('create'))).toThrow('exists');
    expect(() => decide(null, aCommand('collect'))).toThrow('No such customer');
  });

  it('holds the last that was told of each attribute, and nothing undefined, whatever was told', () => {
    const told = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.string(), { noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 8 }), ([first, ...later]) => {
        let state = created({ attributes: first });
        for (const attributes of later) state = after(state, aCommand('collect', { attributes }));
        const values = Object.fromEntries(Object.entries(state.attributes).map(([key, { value }]) => [key, value]));
        expect(values).toEqual(Object.assign({}, first, ...later));
        expect(Object.values(state)).not.toContain(undefined);
      }),
    );
  });
});
