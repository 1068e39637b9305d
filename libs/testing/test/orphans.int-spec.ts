import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../src/index.js';

/** False for a zombie too: where nothing reaps orphans it would never go away. */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !['Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2).charAt(0));
  } catch {
    return false;
  }
}

async function isServed(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const answered = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
  socket.destroy();
  return answered;
}

it('leaves nothing behind when its parent is killed', async () => {
  const parent = spawn(process.execPath, [join(__dirname, 'parent.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const { pids, nats } = JSON.parse(line) as { pids: number[]; nats: string };
  expect(pids).toHaveLength(6);
  expect(pids.every(isAlive)).toBe(true);
  parent.kill('SIGKILL');
  await eventually(() => expect(pids.filter(isAlive)).toEqual([]));
  await eventually(async () => expect(await isServed(nats)).toBe(false));
});
