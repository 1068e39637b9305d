import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, serialize, Timestamp } from 'bson';
import fc from 'fast-check';

import { encode, isBatch, statementsOf } from './documents.js';
import { readFields } from './fields.js';

const bytesOf = (document: Record<string, unknown>): Buffer => Buffer.from(serialize(document));

describe('readFields', () => {
  it('knows every BSON type, and reads on after each', () => {
    const fields = readFields(
      bytesOf({
        double: new Double(1.5),
        text: 'ñandú',
        document: { a: 1 },
        array: [1, 2],
        binary: new Binary(Buffer.from([1, 2, 3])),
        id: new ObjectId(),
        yes: true,
        no: false,
        at: new Date(1234),
        nothing: null,
        pattern: new BSONRegExp('a+', 'i'),
        int: new Int32(-7),
        timestamp: new Timestamp({ t: 1, i: 2 }),
        long: Long.fromBigInt(2n ** 60n),
        decimal: Decimal128.fromString('1.25'),
        min: new MinKey(),
        max: new MaxKey(),
        last: 'last',
      }),
    );
    expect(fields.get('double')).toBe(1.5);
    expect(fields.get('text')).toBe('ñandú');
    expect(fields.get('document')).toEqual(bytesOf({ a: 1 }));
    expect(fields.get('binary')).toEqual(Buffer.from([1, 2, 3]));
    expect([fields.get('yes'), fields.get('no')]).toEqual([true, false]);
    expect(fields.get('at')).toBe(1234n);
    expect(fields.get('int')).toBe(-7);
    expect(fields.get('long')).toBe(2n ** 60n);
    expect(fields.get('last')).toBe('last');
    expect(fields.size).toBe(18);
  });

  it('reads the scalars that bson writes, in their order', () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.double({ noNaN: true }).map((n) => new Double(n)));
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('\0') && !/^\d+$/.test(text) && text !== '__proto__');
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (entries) => {
        const expected = entries.map(([key, each]) => [key, each instanceof Double ? each.value : each]);
        expect([...readFields(bytesOf(Object.fromEntries(entries)))]).toEqual(expected);
      }),
    );
  });

  it('refuses what is cut off', () => {
    const whole = bytesOf({ insert: 'c', ordered: true });
    expect(() => readFields(whole.subarray(0, 12))).toThrow();
  });
});

describe('statements', () => {
  const parts = [{ q: { _id: 1 } }, { q: { _id: 2 } }];

  it('are the same from an array and from a sequence', () => {
    const array = readFields(bytesOf({ updates: parts })).get('updates');
    const sequence = Buffer.concat(parts.map((part) => encode(part)));
    for (const statements of [statementsOf(null, array), statementsOf(sequence, undefined)]) {
      expect(statements.count).toBe(2);
      expect(statements.at(1)).toEqual(parts[1]);
      expect(statements.at(2)).toBeUndefined();
    }
    expect([isBatch(null, array), isBatch(sequence, undefined)]).toEqual([true, true]);
  });

  it('of which there is one are no batch', () => {
    expect(isBatch(null, readFields(bytesOf({ updates: [parts[0]] })).get('updates'))).toBe(false);
    expect(isBatch(encode(parts[0]!), undefined)).toBe(false);
    expect(isBatch(null, undefined)).toBe(false);
  });
});
