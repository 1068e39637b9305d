import { parseJsonObject } from './json.js';

const parse = (text: string, type: string | undefined = 'application/json') => parseJsonObject(Buffer.from(text), type);
const codeOf = (task: () => unknown): unknown => {
  try {
    return task();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('JSON bodies', () => {
  it('keep every character', () => {
    expect(parse('{"text":"á\\n👩‍👩‍👧 \\u0000"}')).toEqual({ text: 'á\n👩‍👩‍👧 \u0000' });
  });

  it.each(['', 'null', '{}', ' {} '])('%j is an empty one', (text) => {
    expect(parse(text)).toEqual({});
  });

  it('that are not there need no type', () => {
    expect(parseJsonObject(Buffer.alloc(0), undefined)).toEqual({});
    expect(parse('', 'text/plain')).toEqual({});
  });

  it.each(['[]', '"x"', '1', 'true', '{', '{"a":1}x', "{'a':1}"])('%s is refused', (text) => {
    expect(codeOf(() => parse(text))).toBe('VALIDATION_FAILED');
  });

  it.each(['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"', 'application/json; charset=utf8; x=1'])('%s is their type', (type) => {
    expect(parse('{"a":1}', type)).toEqual({ a: 1 });
  });

  it.each(['', 'text/json', 'application/json-seq', 'application/json; charset=latin1', 'multipart/form-data'])('%j is not', (type) => {
    expect(codeOf(() => parse('{"a":1}', type))).toBe('UNSUPPORTED_MEDIA');
  });
});
