import type { InternalEvent } from './audience.js';
import type { RecentEvent, RecentEvents } from './recent-events.js';
import { RecentMemory } from './recent-memory.js';

const limits = { events: 1_000, bytes: 1_000 };
const at = (seq: number, bytes: number): RecentEvent => ({ seq, bytes, event: {} as InternalEvent });
const seqs = (recent: RecentEvents): number[] => recent.after(recent.start).map(({ seq }) => seq);

describe('the memory of all recent events', () => {
  it('is taken from the workspace that has the most, the oldest first', () => {
    const memory = new RecentMemory(100);
    const quiet = memory.keep(limits, 0);
    const busy = memory.keep(limits, 0);
    for (const seq of [1, 3]) quiet.push(at(seq, 10));
    for (const seq of [2, 4, 5, 6]) busy.push(at(seq, 20));
    expect([seqs(quiet), seqs(busy)]).toEqual([[1, 3], [2, 4, 5, 6]]);
    busy.push(at(7, 1));
    expect([seqs(quiet), seqs(busy), busy.covers(4), busy.covers(5)]).toEqual([[1, 3], [6, 7], false, true]);
    quiet.push(at(8, 10));
    expect(quiet.bytes + busy.bytes).toBe(51);
  });

  it('counts what is read from the stream, and no more what is forgotten or not kept', () => {
    const memory = new RecentMemory(100);
    const [one, other] = [memory.keep(limits, 5), memory.keep(limits, 5)];
    one.push(at(6, 60));
    memory.forget(one);
    one.push(at(7, 60));
    other.prepend([at(4, 50)], 3, 5);
    expect(seqs(other)).toEqual([4]);
    other.prepend([at(3, 50)], 2, 3);
    expect([seqs(one), seqs(other)]).toEqual([[6, 7], [3, 4]]);
    other.push(at(8, 1));
    expect([seqs(other), other.covers(2)]).toEqual([[8], false]);
  });

  it('keeps not even one event that is larger than all of it', () => {
    const recent = new RecentMemory(10).keep(limits, 0);
    recent.push(at(1, 11));
    expect([seqs(recent), recent.start, recent.bytes]).toEqual([[], 1, 0]);
  });

  it('is filled up by few readings at once; those that fail let the next one on', async () => {
    const memory = new RecentMemory(100);
    const gates: PromiseWithResolvers<void>[] = [];
    const readings = Array.from({ length: 20 }, () =>
      memory.read(() => {
        const gate = Promise.withResolvers<void>();
        gates.push(gate);
        return gate.promise;
      }),
    );
    const settled = Promise.allSettled(readings);
    expect(gates).toHaveLength(8);
    for (let count = 0; count < 20; count++) {
      if (count % 2 === 0) gates[count]!.resolve();
      else gates[count]!.reject(new Error('away'));
      await Promise.allSettled([readings[count]]);
      expect(gates).toHaveLength(Math.min(20, count + 9));
    }
    expect((await settled).filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await expect(memory.read(() => Promise.resolve(7))).resolves.toBe(7);
  });
});
