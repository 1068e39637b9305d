import { eventually } from './eventually.js';

it('answers what a fact gives once it holds', async () => {
  let tries = 0;
  const fact = (): number => {
    if (++tries < 3) throw new Error('not yet');
    return tries;
  };
  await expect(eventually(fact)).resolves.toBe(3);
});

it('tells why the fact did not hold at the end', async () => {
  await expect(eventually(() => Promise.reject(new Error('still 2 of 3')), 60)).rejects.toThrow(/^Not within 60 ms, after \d+ tries\. Last: still 2 of 3$/);
});
