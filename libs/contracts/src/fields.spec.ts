import fc from 'fast-check';
import { IsColor, IsCommandId, IsId, IsIds, IsLimit, IsMessageText, IsName, IsQueryBoolean, IsTime, Nullable, Optional } from './fields.js';
import { type Class, validateShape } from './validate.js';

class Message {
  @IsMessageText() text: string;
}

class Everything {
  @Optional() @IsId() id?: string;
  @Optional() @IsIds(2) ids?: string[];
  @Optional() @IsCommandId() commandId?: string;
  @Optional() @IsName(10) name?: string;
  @Optional() @IsTime() at?: string;
  @Optional() @IsColor() color?: string;
  @Optional() @IsQueryBoolean() flag?: boolean;
  @IsLimit() limit?: number;
}

class WithNull {
  @Nullable() @IsId() id: string | null;
}

const accepts = <T extends object>(type: Class<T>, value: unknown): boolean => {
  try {
    validateShape(type, value);
    return true;
  } catch {
    return false;
  }
};

describe('a message text', () => {
  it.each<[string, string, boolean]>([
    ['4,096 letters', 'a'.repeat(4096), true],
    ['4,097 letters', 'a'.repeat(4097), false],
    ['4,096 emoji, which are 8,192 UTF-16 units', '🙂'.repeat(4096), true],
    ['4,097 emoji', '🙂'.repeat(4097), false],
    ['a line break', 'two\nlines', true],
    ['a tab and a zero-width joiner', 'a\tb 👩‍👩‍👧', true],
    ['nothing', '', false],
    ['blanks', ' \n\t\u00a0 ', false],
    ['half an emoji', 'x\ud83d', false],
    ['the other half', '\ude42x', false],
    ['halves in the wrong order', '\ude42\ud83d', false],
  ])('with %s: %#', (_, text, accepted) => {
    expect(accepts(Message, { text })).toBe(accepted);
  });

  it('is kept as it is, blanks and line breaks included', () => {
    const text = '  first\r\n\n\tsecond é e\u0301  ';
    expect(validateShape(Message, { text }).text).toBe(text);
  });

  it('is any well-formed text of 1 to 4,096 code points that is not blank', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 4096 }), (text) => {
        expect(accepts(Message, { text })).toBe(/\S/.test(text));
      }),
    );
  });

  it.each([7, null, {}, [], { $ne: null }, ['text']])('is not %j', (text) => {
    expect(accepts(Message, { text })).toBe(false);
  });
});

describe('fields', () => {
  it.each<[object, boolean]>([
    [{ id: 'Az09_-' }, true],
    [{ id: 'a'.repeat(65) }, false],
    [{ id: '' }, false],
    [{ id: 'a.b' }, false],
    [{ id: 'a\n' }, false],
    [{ id: '*' }, false],
    [{ ids: ['a', 'b'] }, true],
    [{ ids: ['a', 'b', 'c'] }, false],
    [{ ids: ['a', '>'] }, false],
    [{ ids: 'a' }, false],
    [{ ids: { length: 1, 0: 'a' } }, false],
    [{ commandId: '1234567' }, false],
    [{ commandId: '12345678' }, true],
    [{ name: ' x ' }, true],
    [{ name: '   ' }, false],
    [{ name: 'a'.repeat(11) }, false],
    [{ at: '2026-01-31T10:00:00.000Z' }, true],
    [{ at: '2026-02-31T10:00:00.000Z' }, false],
    [{ at: 'yesterday' }, false],
    [{ color: '#1a2b3c' }, true],
    [{ color: 'red' }, false],
    [{ flag: 'true' }, true],
    [{ flag: false }, true],
    [{ flag: 'yes' }, false],
    [{ limit: '100' }, true],
    [{ limit: 101 }, false],
    [{ limit: '1e9' }, false],
    [{ limit: '' }, false],
    [{ id: undefined }, true],
    [{ id: null }, false],
  ])('%j: %s', (value, accepted) => {
    expect(accepts(Everything, value)).toBe(accepted);
  });

  it('that may be null must still be there', () => {
    expect(accepts(WithNull, { id: null })).toBe(true);
    expect(accepts(WithNull, { id: 'a' })).toBe(true);
    expect(accepts(WithNull, {})).toBe(false);
  });
});
