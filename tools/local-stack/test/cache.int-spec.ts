import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { withCacheLock } from '../src/packages/cache-lock.js';
import { makeFolder, removeLeftovers } from '../src/packages/unpack.js';
import { daemonAnswers } from '../src/ways/docker-daemon.js';
import { aFolder, removeFolders } from './folders.js';

afterEach(removeFolders);

describe('the cache', () => {
  it('is changed by one at a time', async () => {
    const cache = await aFolder();
    let inside = 0;
    const overlaps: number[] = [];
    const change = () =>
      withCacheLock(
        cache,
        () => undefined,
        async () => {
          overlaps.push(++inside);
          await writeFile(join(cache, 'file'), 'x');
          inside--;
        },
      );
    await Promise.all(Array.from({ length: 8 }, change));
    expect(overlaps).toEqual(Array(8).fill(1));
  });

  it('lets the next one in after a failure', async () => {
    const cache = await aFolder();
    const failing = withCacheLock(cache, () => undefined, () => Promise.reject(new Error('disk full')));
    await expect(failing).rejects.toThrow('disk full');
    expect(await withCacheLock(cache, () => undefined, () => Promise.resolve('in'))).toBe('in');
  });

  it('never holds half a folder', async () => {
    const cache = await aFolder();
    const final = join(cache, 'engine-1');
    const half = makeFolder(final, async (folder) => {
      await writeFile(join(folder, 'first'), '');
      expect(existsSync(final)).toBe(false);
      throw new Error('killed');
    });
    await expect(half).rejects.toThrow('killed');
    expect(await readdir(cache)).toEqual([]);
  });

  it('is rid of what a killed process left', async () => {
    const cache = await aFolder();
    for (const name of ['engine-1.tmp-77', 'engine-2']) await mkdir(join(cache, name));
    await removeLeftovers(cache);
    expect(await readdir(cache)).toEqual(['engine-2']);
  });
});

describe('a Docker daemon', () => {
  it('is found by its answer', async () => {
    const socket = join(await aFolder(), 'docker.sock');
    const server = createServer((_request, response) => response.end('OK'));
    await new Promise<void>((listening) => server.listen(socket, listening));
    expect(await daemonAnswers({ DOCKER_HOST: `unix://${socket}` })).toBe(true);
    await new Promise((closed) => server.close(closed));
    expect(await daemonAnswers({ DOCKER_HOST: `unix://${socket}` })).toBe(false);
  });
});
