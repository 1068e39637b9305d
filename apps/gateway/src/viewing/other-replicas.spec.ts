import { OtherReplicas, type ViewingNotice } from './other-replicas.js';

const ana = { id: 'ana', name: 'Ana' };
const beto = { id: 'beto', name: 'Beto' };
const opens = (version: number, conversationId: string, ...agents: (typeof ana)[]): ViewingNotice => ({ replica: 'g2', version, conversations: [{ conversationId, agents }] });
const sign = (version: number): ViewingNotice => ({ replica: 'g2', version, conversations: [] });
const aSystem = (): OtherReplicas => {
  const others = new OtherReplicas(1_000);
  others.hear({ replica: 'g2', version: 1, reset: true, conversations: [] }, 0);
  return others;
};

it('knows who has what open elsewhere, until they close it', () => {
  const others = aSystem();
  expect(others.hear(opens(2, 'c1', ana, beto), 1)).toEqual({ changed: ['c1'], isGap: false });
  expect(others.of('c1')).toEqual([ana, beto]);
  others.hear(opens(3, 'c1', beto), 2);
  expect(others.of('c1')).toEqual([beto]);
  others.hear(opens(4, 'c1'), 3);
  expect(others.of('c1')).toEqual([]);
});

it('notices that something was missed, by the next notice and by a sign of life, and begins anew with what it is told then', () => {
  const others = aSystem();
  others.hear(opens(2, 'c1', ana), 1);
  expect(others.hear(sign(2), 2).isGap).toBe(false);
  expect(others.hear(sign(3), 3).isGap).toBe(true);
  expect(others.hear(opens(4, 'c2', beto), 4)).toEqual({ changed: [], isGap: true });
  expect(others.hear({ replica: 'g2', version: 5, reset: true, conversations: [{ conversationId: 'c2', agents: [beto] }] }, 5)).toEqual({ changed: ['c2', 'c1'], isGap: false });
  expect([others.of('c1'), others.of('c2')]).toEqual([[], [beto]]);
});

it('asks a replica that it meets for all, unless there is nothing', () => {
  const others = new OtherReplicas(1_000);
  expect(others.hear(sign(0), 0).isGap).toBe(false);
  expect(others.hear(sign(7), 0).isGap).toBe(true);
});

it('forgets who was at a replica that was silent for too long, or said goodbye', () => {
  const others = aSystem();
  others.hear(opens(2, 'c1', ana), 0);
  others.hear(sign(2), 800);
  expect(others.forgetSilent(1_800)).toEqual([]);
  expect(others.forgetSilent(1_801)).toEqual(['c1']);
  expect(others.of('c1')).toEqual([]);
  others.hear({ replica: 'g2', version: 3, reset: true, conversations: [{ conversationId: 'c1', agents: [ana] }] }, 2_000);
  expect(others.forget('g2')).toEqual(['c1']);
});
