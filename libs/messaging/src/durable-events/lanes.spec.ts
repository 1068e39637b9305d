import fc from 'fast-check';
import { Lanes } from './lanes.js';
import { Slots } from './slots.js';

describe('Lanes', () => {
  it('run the jobs of a key one after another in order, whatever they take, within the places there are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom('ana', 'bob', 'cai'), { maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        async (scheduler, keys, places) => {
          const lanes = new Lanes();
          const slots = new Slots(places);
          const running: string[] = [];
          const done: { key: string; nth: number }[] = [];
          keys.forEach((key, nth) =>
            lanes.add(key, () =>
              slots.run(async () => {
                expect(running).not.toContain(key);
                running.push(key);
                expect(running.length).toBeLessThanOrEqual(places);
                await scheduler.schedule(Promise.resolve());
                running.splice(running.indexOf(key), 1);
                done.push({ key, nth });
              }),
            ),
          );
          await scheduler.waitFor(lanes.idle());
          expect(done).toHaveLength(keys.length);
          for (const key of new Set(keys)) {
            const order = done.filter((job) => job.key === key).map(({ nth }) => nth);
            expect(order).toEqual(order.toSorted((a, b) => a - b));
          }
        },
      ),
    );
  });
});

describe('Slots', () => {
  it('give a place free again that a job left by failing, and tell of it', async () => {
    const left = jest.fn();
    const slots = new Slots(1, left);
    const failing = slots.run(() => Promise.reject(new Error('no')));
    const next = slots.run(() => Promise.resolve('next'));
    expect(slots.waiting).toBe(1);
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('next');
    expect(slots.waiting).toBe(0);
    expect(left).toHaveBeenCalledTimes(2);
  });
});
