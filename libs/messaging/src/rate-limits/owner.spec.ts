import { ownerOf } from './owner.js';

const keys = Array.from({ length: 3_000 }, (_, index) => `send agent-${index}`);
const three = ['one', 'two', 'three'];

describe('the owner of a key', () => {
  it('is the same whoever asks, in whatever order they know each other', () => {
    for (const key of keys) expect(ownerOf(key, [...three].reverse())).toBe(ownerOf(key, three));
  });

  it('is each of them about as often', () => {
    for (const replica of three) {
      const share = keys.filter((key) => ownerOf(key, three) === replica).length / keys.length;
      expect(Math.abs(share - 1 / 3)).toBeLessThan(0.05);
    }
  });

  it('changes only for the keys of whoever is gone', () => {
    for (const key of keys.filter((each) => ownerOf(each, three) !== 'three')) expect(ownerOf(key, ['one', 'two'])).toBe(ownerOf(key, three));
  });

  it('is nobody where nobody is', () => {
    expect(ownerOf('key', [])).toBeUndefined();
  });
});
