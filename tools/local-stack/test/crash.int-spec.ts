import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { processesOf } from '../src/processes/process-table.js';
import { holdsWithin } from '../src/processes/wait.js';
import { closeClients, keep, kept } from './clients.js';
import { type Foreground, startCommand, urlsOf } from './command.js';
import { aFolder, removeFolders } from './folders.js';

const endsWithinMs = 120_000;
const started: Foreground[] = [];

function up(local: string): Foreground {
  const running = startCommand(['up'], { RELEVO_LOCAL_DIR: local });
  started.push(running);
  return running;
}

async function killed({ child }: Foreground): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const partsIn = (dir: string): string[] => [...new Set(processesOf(dir).map(({ part }) => part))].sort();

const allEnd = (dir: string): Promise<boolean> => holdsWithin(endsWithinMs, () => processesOf(dir).length === 0);

afterEach(async () => {
  await closeClients();
  await Promise.all(
    started.splice(0).map(async ({ child }) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }),
  );
  await removeFolders();
});

describe('when the process that started a stack is killed with -9', () => {
  it('every process of the stack ends, and the next start has the data', async () => {
    const local = await aFolder();
    const dir = join(local, 'stack');
    const first = up(local);
    const urls = await urlsOf(first);
    await keep(urls, 'before');
    expect(partsIn(dir)).toEqual(['gateway', 'nats', 'postgres', 'watchdog']);
    await killed(first);
    expect(await allEnd(dir)).toBe(true);
    await closeClients();
    expect(await urlsOf(up(local))).toEqual(urls);
    expect(await kept(urls)).toEqual({ message: 'before', document: 'before' });
  });

  it('and the next start does not wait for the end, it has the data too', async () => {
    const local = await aFolder();
    const first = up(local);
    await keep(await urlsOf(first), 'before');
    await closeClients();
    await killed(first);
    const urls = await urlsOf(up(local));
    expect(await kept(urls)).toEqual({ message: 'before', document: 'before' });
  });

  it('together with the watchdog, the next start ends the orphans', async () => {
    const local = await aFolder();
    const dir = join(local, 'stack');
    const first = up(local);
    await keep(await urlsOf(first), 'before');
    await closeClients();
    const orphans = processesOf(dir).filter(({ part }) => part === 'postgres' || part === 'nats');
    for (const { pid, part } of processesOf(dir)) if (part === 'watchdog') process.kill(pid, 'SIGKILL');
    await killed(first);
    const urls = await urlsOf(up(local));
    expect(await kept(urls)).toEqual({ message: 'before', document: 'before' });
    const now = new Set(processesOf(dir).map(({ pid }) => pid));
    expect(orphans.filter(({ pid }) => now.has(pid))).toEqual([]);
  });

  it('throw-away data go', async () => {
    const running = startCommand(['postgres', '--ephemeral'], {});
    started.push(running);
    const [text] = await running.line(/^\{.*\}$/);
    const { dataDir } = JSON.parse(text) as { dataDir: string };
    const dir = join(dataDir, '..');
    expect(existsSync(join(dataDir, 'PG_VERSION'))).toBe(true);
    await killed(running);
    expect(await holdsWithin(endsWithinMs, () => !existsSync(dir))).toBe(true);
    expect(processesOf(dir)).toEqual([]);
  });
});
