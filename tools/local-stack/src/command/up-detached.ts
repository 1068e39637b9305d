import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import { stackMain } from '../paths.js';
import type { LocalPlace } from './local-place.js';
import type { UpMessage } from './up.js';

/** Starts `up` in the background, and ends when that serves. */
export async function upDetached(place: LocalPlace): Promise<number> {
  await mkdir(dirname(place.log), { recursive: true });
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
  if (code !== 0) process.stderr.write(`local-stack: it did not start, see ${place.log}\n`);
  return code;
}
