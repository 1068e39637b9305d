import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { stackMain } from '../paths.js';
import type { LocalPlace } from './local-place.js';
import type { UpMessage } from './up.js';

const errorPrefix = 'local-stack: ';

/** Starts `up` in the background, and ends when that serves. */
export async function upDetached(place: LocalPlace): Promise<number> {
  await mkdir(dirname(place.log), { recursive: true });
  const before = existsSync(place.log) ? (await stat(place.log)).size : 0;
  const log = openSync(place.log, 'a');
  const child = spawn(process.execPath, [stackMain, 'up'], { cwd: '/', detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const outcome = Promise.withResolvers<number>();
  child.on('message', (message: UpMessage) => {
    if ('line' in message) process.stdout.write(`${message.line}\n`);
    else outcome.resolve(0);
  });
  child.once('error', outcome.reject);
  child.once('exit', (code) => outcome.resolve(code ?? 1));
  const code = await outcome.promise;
  if (child.connected) child.disconnect();
  child.unref();
  if (code !== 0) {
    const said = (await readFile(place.log)).subarray(before).toString();
    // The steps before it were told already.
    process.stderr.write(said.slice(Math.max(0, said.indexOf(errorPrefix))));
  }
  return code;
}
