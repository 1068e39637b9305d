import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlreadyRunning, takePlace } from './single-instance.js';

const aPlace = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'relevo-place-')), 'start.pid');

it('lets one in at a time', async () => {
  const path = await aPlace();
  const leave = await takePlace(path);
  await expect(takePlace(path)).rejects.toThrow(AlreadyRunning);
  await leave();
  await (await takePlace(path))();
});

it('lets one of many in', async () => {
  const path = await aPlace();
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => takePlace(path)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it.each([
  ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, since: '1' })],
  ['another process with the same number', JSON.stringify({ pid: process.pid, since: 'another time' })],
])('does not count %s', async (_, left) => {
  const path = await aPlace();
  await writeFile(path, left);
  await expect(takePlace(path)).resolves.toBeDefined();
});
