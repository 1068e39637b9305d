import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { processesOf } from '../src/processes/process-table.js';
import { closeClients, keep, kept } from './clients.js';
import { stackCommand, startCommand } from './command.js';
import { aFolder, removeFolders } from './folders.js';

const urlsIn = (text: string) => ({ nats: /^NATS_URL=(.*)$/m.exec(text)![1]!, database: /^MONGO_URL=(.*)$/m.exec(text)![1]! });

afterEach(async () => {
  await closeClients();
  await removeFolders();
});

describe('npm run stack', () => {
  it('starts in the background, says where it is, stops, keeps the data, and deletes them when told', async () => {
    const local = await aFolder();
    const stack = (...args: string[]) => stackCommand(args, { RELEVO_LOCAL_DIR: local });
    expect(await stack('status')).toMatchObject({ code: 1 });
    const up = await stack('up', '--detach');
    expect(up.code).toBe(0);
    const urls = urlsIn(up.stdout);
    try {
      await keep(urls, 'kept');
      await closeClients();
      const status = await stack('status');
      expect(status.code).toBe(0);
      expect(status.stdout).toContain(`nats://${new URL(urls.nats).host} `);
      expect(status.stdout).toContain(urls.database);
      expect(JSON.parse(await readFile(join(local, 'stack.json'), 'utf8'))).toMatchObject({ natsUrl: urls.nats, mongoUrl: urls.database });
      expect((await stack('up')).stdout).toContain('already runs');
      expect(await stack('down')).toMatchObject({ code: 0, stdout: 'stopped\n' });
      expect(processesOf(join(local, 'stack'))).toEqual([]);
      expect(await stack('status')).toMatchObject({ code: 1 });
      expect(existsSync(join(local, 'stack.json'))).toBe(false);

      expect(urlsIn((await stack('up', '--detach')).stdout)).toEqual(urls);
      expect(await kept(urls)).toEqual({ message: 'kept', document: 'kept' });
      await closeClients();
      const asked = await stack('reset');
      expect(asked).toMatchObject({ code: 1 });
      expect(asked.stdout).toContain(join(local, 'stack'));
      expect(existsSync(join(local, 'stack', 'nats'))).toBe(true);
    } finally {
      expect(await stack('reset', '--yes')).toMatchObject({ code: 0 });
    }
    expect(existsSync(join(local, 'stack'))).toBe(false);
    expect(processesOf(join(local, 'stack'))).toEqual([]);
  });

  it('stops cleanly at Ctrl+C', async () => {
    const local = await aFolder();
    const running = startCommand(['up'], { RELEVO_LOCAL_DIR: local });
    await running.line(/^MONGO_URL=/);
    const ended = once(running.child, 'exit');
    running.child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(processesOf(join(local, 'stack'))).toEqual([]);
  });

  it.each([[[]], [['bogus']], [['up', '--bogus']], [['postgres']]])('explains itself for %j', async (args: string[]) => {
    const outcome = await stackCommand(args, {});
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('usage: npm run stack');
  });

  it('lists the ways where there is none', async () => {
    const nothing = await aFolder();
    const environment = { RELEVO_LOCAL_DIR: nothing, RELEVO_CACHE_DIR: join(nothing, 'cache'), PATH: nothing, DOCKER_HOST: `unix://${nothing}/none` };
    const { code, stderr } = await stackCommand(['up'], environment);
    expect(code).toBe(1);
    expect(stderr).toContain('No way to NATS and a MongoDB-compatible database on this machine');
    for (const way of ['set NATS_URL', 'set MONGO_URL', 'start Docker', 'put nats-server', 'put mongod', "Debian's apt"]) expect(stderr).toContain(way);
  });
});

describe('npm run stack -- postgres --ephemeral', () => {
  it('gives a PostgreSQL that can be killed and started again on its port, until standard input closes', async () => {
    const running = startCommand(['postgres', '--ephemeral'], {});
    const place = async () => JSON.parse((await running.line(/^\{.*\}$/))[0]) as { postgresPort: number; pid: number; dataDir: string };
    const first = await place();
    process.kill(first.pid, 'SIGKILL');
    running.write('restart\n');
    const second = await place();
    expect(second).toEqual({ ...first, pid: second.pid });
    expect(second.pid).not.toBe(first.pid);
    const ended = once(running.child, 'exit');
    running.child.stdin!.end();
    expect(await ended).toEqual([0, null]);
    expect(existsSync(join(first.dataDir, '..'))).toBe(false);
  });
});
