import { refusalOf } from '../../test/a-conversation.js';
import { beginning, fromSearchCursor, type SearchPlace, toSearchCursor } from './search-cursor.js';

const places: SearchPlace[] = [beginning, { looked: 0, sorted: null }, { looked: 999_999_999_999_958, sorted: null }];

it('reads back as the place it was made of, in its own order alone', () => {
  for (const place of places) {
    expect(fromSearchCursor(undefined, toSearchCursor(undefined, place))).toEqual(place);
    const sorted = { ...place, sorted: { order: 7, id: 'abc' } };
    expect(fromSearchCursor('activity', toSearchCursor('activity', sorted))).toEqual(sorted);
    for (const other of ['waiting', undefined] as const) expect(refusalOf(() => fromSearchCursor(other, toSearchCursor('activity', sorted)))).toBe('VALIDATION_FAILED');
  }
});

it('is refused when it is not one of ours', () => {
  const texts = ['[]', '["found",null,"1"]', '["found",null,-1]', '["found",null,1.5]', '["found",null,1,2,"a"]', '["waiting",1,"a"]', '{}', 'null'];
  for (const cursor of ['', 'x', ...texts.map((text) => Buffer.from(text).toString('base64url'))]) expect(refusalOf(() => fromSearchCursor(undefined, cursor))).toBe('VALIDATION_FAILED');
});
