import { Aim } from './aim.js';

it.each([-30, 0, 7, 150])('two stay neck and neck, be the one %s ms slower than the other', (slowerMs) => {
  const aim = new Aim(1, [-500, 500]);
  const outcomes = Array.from({ length: 60 }, () => {
    const first = aim.ms < slowerMs;
    aim.follow(first);
    return first;
  });
  const won = outcomes.filter(Boolean).length;
  expect(Math.min(won, outcomes.length - won)).toBeGreaterThan(outcomes.length / 5);
});

it('stays within its range', () => {
  const aim = new Aim(4, [-100, 200]);
  const run = (first: boolean): number => {
    for (let round = 0; round < 50; round += 1) aim.follow(first);
    return aim.ms;
  };
  expect([run(true), run(false)]).toEqual([200, -100]);
});
