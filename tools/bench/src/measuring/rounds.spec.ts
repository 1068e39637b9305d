import { compare, inRounds, orderOf } from './rounds.js';

it('lets each side begin and end as often as the other', () => {
  for (const round of [0, 1]) expect(orderOf(round).toSorted()).toEqual(['reference', 'reference', 'subject', 'subject']);
  expect([orderOf(0)[0], orderOf(1)[0]]).toEqual(['subject', 'reference']);
});

it('keeps the blocks of a round together', async () => {
  let time = 0;
  const rounds = await inRounds(2, () => Promise.resolve(++time), () => undefined);
  expect(rounds).toEqual([
    { subject: [1, 4], reference: [2, 3] },
    { subject: [6, 7], reference: [5, 8] },
  ]);
});

it('compares within each round, so that what slows a whole round down changes no ratio', () => {
  const compared = compare([{ subject: 4, reference: 2 }, { subject: 40, reference: 20 }, { subject: 9, reference: 3 }], (value) => value);
  expect(compared).toEqual({ subject: { median: 9, min: 4, max: 40 }, reference: { median: 3, min: 2, max: 20 }, ratio: { median: 2, min: 2, max: 3 } });
});
