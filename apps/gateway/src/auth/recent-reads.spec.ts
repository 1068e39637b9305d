import { RecentReads } from './recent-reads.js';

const reads = () => new RecentReads<{ n: number }>(60_000, 10);

/** A read that answers when told to. */
function held() {
  let answer: (value: { n: number }) => void = () => undefined;
  const promise = new Promise<{ n: number }>((resolve) => (answer = resolve));
  return { read: jest.fn(() => promise), answer };
}

describe('recent reads', () => {
  it('asks once for those who miss together, and not again while it is fresh', async () => {
    const recent = reads();
    const { read, answer } = held();
    const both = Promise.all([recent.get('a', read), recent.get('a', read)]);
    answer({ n: 1 });
    expect(await both).toEqual([{ n: 1 }, { n: 1 }]);
    expect(await recent.get('a', read)).toEqual({ n: 1 });
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('does not keep what was read before the key was forgotten', async () => {
    const recent = reads();
    const old = held();
    const waiting = recent.get('a', old.read);
    recent.forget('a');
    const after = recent.get('a', () => Promise.resolve({ n: 2 }));
    old.answer({ n: 1 });
    expect(await waiting).toEqual({ n: 1 });
    expect(await after).toEqual({ n: 2 });
    expect(await recent.get('a', old.read)).toEqual({ n: 2 });
  });

  it('keeps no failure', async () => {
    const recent = reads();
    await expect(recent.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await recent.get('a', () => Promise.resolve({ n: 3 }))).toEqual({ n: 3 });
  });
});
