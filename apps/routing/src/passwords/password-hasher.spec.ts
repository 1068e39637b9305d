import { RoutingConfig } from '../config.js';
import { PasswordHasher } from './password-hasher.js';

const hasherOf = (concurrency: number, queue: number): PasswordHasher =>
  new PasswordHasher(Object.assign(new RoutingConfig(), { PASSWORD_CONCURRENCY: concurrency, PASSWORD_QUEUE: queue }));

it('takes as many as run and wait, and tells the others to come again', async () => {
  const hasher = hasherOf(2, 3);
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => hasher.hash('correcto caballo')));
  expect(results.map(({ status }) => status)).toEqual([...Array<string>(5).fill('fulfilled'), ...Array<string>(3).fill('rejected')]);
  expect(results.at(-1)).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
});

it('has all its places again afterwards, failures included', async () => {
  const hasher = hasherOf(1, 1);
  for (let round = 0; round < 3; round += 1) {
    const results = await Promise.allSettled([hasher.matches('x', 'not a hash'), hasher.hash('correcto caballo'), hasher.hash('uno más')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
  }
});
