import { chmod, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { accessOf, natsPasswords } from '../src/nats-users.js';
import { natsServerFromPackages } from '../src/packages/nats-package.js';
import { mongodOnPath, natsOnPath } from '../src/ways/on-path.js';
import { aNatsConnection, closeClients } from './clients.js';
import { aFolder, removeFolders } from './folders.js';

afterEach(async () => {
  await closeClients();
  await removeFolders();
});

/** A program of that name that only says its version. */
async function aProgram(name: string, version: string): Promise<string> {
  const folder = await aFolder();
  await writeFile(join(folder, name), `#!/bin/sh\necho '${name}: v${version}'\n`);
  await chmod(join(folder, name), 0o755);
  return folder;
}

describe('the PATH', () => {
  it('gives the nats-server that is on it', async () => {
    const program = await natsServerFromPackages(() => undefined);
    const found = await natsOnPath(dirname(program)).find();
    if (typeof found !== 'function') throw new Error(found.because);
    const pids: number[] = [];
    const context = { dir: await aFolder(), ephemeral: true, ports: [], onProgress: () => undefined, watch: (pid: number) => void pids.push(pid) };
    const part = await found(context);
    try {
      expect(part.via).toBe('path');
      expect(pids).toHaveLength(1);
      const client = await aNatsConnection(accessOf(part.url, await natsPasswords(context.dir, true)).url);
      expect(client.info?.jetstream).toBe(true);
    } finally {
      await closeClients();
      await part.kill();
    }
  });

  it('does not give versions with known vulnerabilities', async () => {
    expect(await natsOnPath(await aProgram('nats-server', '2.10.29')).find()).toMatchObject({ because: expect.stringContaining('is 2.10.29') as string });
    expect(await mongodOnPath(await aProgram('mongod', '7.0.1')).find()).toMatchObject({ because: expect.stringContaining('is 7.0.1') as string });
  });

  it('may have neither', async () => {
    expect(await natsOnPath('').find()).toEqual({ because: 'not found' });
    expect(await mongodOnPath(undefined).find()).toEqual({ because: 'not found' });
  });
});
