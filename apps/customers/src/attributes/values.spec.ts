import { AppError, type AttributeDefinition, type AttributeType } from '@relevo/contracts';
import { checkedValues, checkPermitted } from './values.js';

const defined = (type: AttributeType, more: Partial<AttributeDefinition> = {}): AttributeDefinition => ({ key: 'field', label: 'Field', type, required: false, readOnly: false, options: [], ...more });

const failing = (act: () => unknown): { code: string; paths: string[] } | null => {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, paths: (error.errors ?? []).map(({ path }) => path) };
  }
};

const fits: Record<AttributeType, { good: unknown[]; bad: unknown[] }> = {
  text: { good: ['Rosario', ' con espacios ', '👍'], bad: ['', '   ', 1, true, null, {}, 'x'.repeat(1_001), '\ud800'] },
  number: { good: [0, -1.5, 1e9], bad: ['1', NaN, Infinity, null, true] },
  date: { good: ['2026-11-23', '2024-02-29'], bad: ['2026-02-29', '2026-13-01', '23/11/2026', '2026-11-23T00:00:00Z', 20261123, ''] },
  boolean: { good: [true, false], bad: ['true', 0, null] },
  list: { good: ['pro'], bad: ['otro', 'PRO', ['pro'], 1] },
  email: { good: ['lucia@example.org'], bad: ['lucia', 'a@b', 1, ''] },
  phone: { good: ['+54 9 11 5555-1234', '(011) 4555.1234'], bad: ['12', 'llamame', '+54911abc', 5491155551234, '-----'] },
};

describe.each(Object.entries(fits))('a value of type %s', (type, { good, bad }) => {
  const definitions = [defined(type as AttributeType, type === 'list' ? { options: ['pro', 'free'] } : {})];

  it.each(good.map((value) => [value]))('may be %j', (value) => {
    expect(checkedValues({ field: value }, definitions)).toEqual({ field: value });
  });

  it.each(bad.map((value) => [value]))('may not be %j', (value) => {
    expect(failing(() => checkedValues({ field: value }, definitions))).toEqual({ code: 'VALIDATION_FAILED', paths: ['set.field'] });
  });
});

it('without a definition is text under a sound key', () => {
  expect(checkedValues({ anything: 'x' }, [])).toEqual({ anything: 'x' });
  expect(failing(() => checkedValues({ anything: 1, 'Not A Key': 'x' }, []))).toEqual({ code: 'VALIDATION_FAILED', paths: ['set.anything', 'set.Not A Key'] });
});

it('that is read-only is not touched, and one that is required not left out', () => {
  const readOnly = [defined('text', { readOnly: true })];
  expect(failing(() => checkPermitted({ field: 'x' }, [], readOnly))).toEqual({ code: 'RULE_VIOLATED', paths: ['set.field'] });
  expect(failing(() => checkPermitted({}, ['field'], readOnly))).toEqual({ code: 'RULE_VIOLATED', paths: ['unset'] });
  expect(failing(() => checkPermitted({}, ['field'], [defined('text', { required: true })]))).toEqual({ code: 'RULE_VIOLATED', paths: ['unset'] });
  expect(failing(() => checkPermitted({ field: 'x', other: 'y' }, ['third'], [defined('text', { required: true })]))).toBeNull();
});
