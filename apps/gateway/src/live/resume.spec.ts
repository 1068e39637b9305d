import type { AgentView } from '@relevo/contracts';
import type { InternalEvent } from './audience.js';
import { type RecentEvent, RecentEvents } from './recent-events.js';
import { partOf, type Place, resumptionOf, resync, sightChanged } from './resume.js';
import type { Sight } from './rooms.js';

const at = (seq: number, event = { noun: 'tag' } as InternalEvent): RecentEvent => ({ seq, bytes: 1, event });

/** A feed that stands at 20 and has kept what came after 10. */
function feed(lostBefore = 0): Place {
  const recent = new RecentEvents({ events: 100, bytes: 100 }, 10);
  for (const seq of [12, 15, 19]) recent.push(at(seq));
  return { position: { epoch: 'e', seq: 20 }, lostBefore, recent };
}

describe('where a client goes on', () => {
  it.each([
    [10, [12, 15, 19]],
    [11, [12, 15, 19]],
    [15, [19]],
    [19, []],
    [20, []],
  ])('from %i it has missed %j', (seq, missed) => {
    expect(resumptionOf({ epoch: 'e', seq }, feed(), 3)).toEqual({ missed: missed.map((one) => at(one)) });
  });

  it.each([9, 21])('from %i is not known without the stream', (seq) => {
    expect(resumptionOf({ epoch: 'e', seq }, feed(), 3)).toBeNull();
  });

  it('is nowhere in another epoch, before a loss, or with too much to tell', () => {
    expect(resumptionOf({ epoch: 'f', seq: 20 }, feed(), 3)).toEqual({ refused: resync.epochChanged });
    expect(resumptionOf({ epoch: 'e', seq: 14 }, feed(15), 3)).toEqual({ refused: resync.eventsLost });
    expect(resumptionOf({ epoch: 'e', seq: 15 }, feed(15), 3)).toEqual({ missed: [at(19)] });
    expect(resumptionOf({ epoch: 'e', seq: 10 }, feed(), 2)).toEqual({ refused: resync.tooFarBehind });
  });
});

it.each([
  [0, 1],
  [5, 1],
  [10, 1],
  [15, 1],
  [16, 2],
  [100, 3],
])('with room for %i bytes the first part of what was missed has %i of its events', (maxBytes, count) => {
  const missed = [10, 6, 7].map((bytes, seq) => ({ ...at(seq), bytes }));
  expect(partOf(missed, maxBytes)).toEqual(missed.slice(0, count));
  expect(partOf([], maxBytes)).toEqual([]);
});

describe('what an agent sees', () => {
  const a: Sight = { role: 'agent', teamIds: ['a'] };
  const b: Sight = { role: 'agent', teamIds: ['b'] };
  const boss: Sight = { role: 'supervisor', teamIds: ['a'] };
  const news = (sight: Sight, id = 'ana'): RecentEvent => at(1, { noun: 'agent', workspaceId: 'w', agent: { id, ...sight } as AgentView });

  it.each<[string, RecentEvent[], Sight | null, Sight, boolean]>([
    ['nothing is told of them', [at(1)], a, a, false],
    ['something else about them is', [news(a)], a, a, false],
    ['another agent’s teams change', [news(b, 'beto')], a, a, false],
    ['their teams change', [news(b)], a, b, true],
    ['their role changes', [news(boss)], a, boss, true],
    ['their teams change and change back', [news(b), news(a)], a, a, true],
    ['their teams change, and nobody was told yet', [], a, b, true],
    ['nothing is told, and what they saw is forgotten', [at(1)], null, a, false],
    ['something is told, and what they saw is forgotten', [news(a)], null, a, true],
  ])('has changed or not when %s', (_, missed, then, now, changed) => {
    expect(sightChanged(missed, 'ana', then, now)).toBe(changed);
  });
});
