import { refusalOf } from '../../test/a-conversation.js';
import { fromCursor, toCursor } from './position.js';

it('a cursor reads back as the place it was made of, in its own order alone', () => {
  const place = { order: 1767225600000, id: 'abc' };
  expect(fromCursor('waiting', toCursor('waiting', place))).toEqual(place);
  const foreign = ['', 'x', toCursor('activity', place), ...['[1]', '["waiting","a","b"]', '["waiting",1.5,"b"]'].map((text) => Buffer.from(text).toString('base64url'))];
  for (const cursor of foreign) expect(refusalOf(() => fromCursor('waiting', cursor))).toBe('VALIDATION_FAILED');
});
