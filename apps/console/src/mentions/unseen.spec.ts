import { seenUpTo, unseenMentions } from './unseen';

const entries = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => ({ seq: first + index }));

it('of notes that were not seen those that name the agent are theirs', () => {
  const mentions = [{ agentId: 'me', seq: 3 }, { agentId: 'other', seq: 3 }, { agentId: 'me', seq: 9 }];
  expect(unseenMentions({ mentions }, 'me')).toEqual([3, 9]);
  expect(unseenMentions({}, 'me')).toEqual([]);
});

it.each([
  ['all that are at hand', [3, 9], entries(1, 10), 9],
  ['none while the first is further up', [3, 9], entries(5, 10), null],
  ['those before one that is further down', [3, 60], entries(1, 50), 3],
  ['none before there are entries', [3], [], null],
  ['none where nothing names them', [], entries(1, 10), null],
])('seen are %s', (_, unseen, atHand, upTo) => expect(seenUpTo(unseen, atHand)).toBe(upTo));
