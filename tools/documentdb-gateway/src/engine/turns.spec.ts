import { RunAgain, Turns } from './turns.js';

describe('turns', () => {
  it('run work once if it wants no more', async () => {
    expect(await new Turns().run('c', (attempt) => Promise.resolve(attempt))).toBe(0);
  });

  it('run work again alone, after all of it met', async () => {
    const turns = new Turns();
    let running = 0;
    let mostAtOnce = 0;
    const work = async (attempt: number): Promise<number> => {
      if (attempt === 0) throw new RunAgain();
      mostAtOnce = Math.max(mostAtOnce, ++running);
      await new Promise(setImmediate);
      running--;
      if (attempt < 3) throw new RunAgain();
      return attempt;
    };
    expect(await Promise.all([turns.run('c', work), turns.run('c', work), turns.run('c', work)])).toEqual([3, 3, 3]);
    expect(mostAtOnce).toBe(1);
  });

  it('do not make collections wait for each other', async () => {
    const turns = new Turns();
    const holding = Promise.withResolvers<void>();
    const held = turns.run('a', async (attempt) => {
      if (attempt === 0) throw new RunAgain();
      await holding.promise;
      return 'a';
    });
    expect(await turns.run('b', () => Promise.resolve('b'))).toBe('b');
    holding.resolve();
    expect(await held).toBe('a');
  });

  it('go on after work that failed', async () => {
    const turns = new Turns();
    const failing = turns.run('c', (attempt) => Promise.reject(attempt === 0 ? new RunAgain() : new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await turns.run('c', () => Promise.resolve('next'))).toBe('next');
  });
});
