import { fork } from 'node:child_process';
import { join } from 'node:path';

/** Longer than any of it takes that is not broken. */
const patienceMs = 300_000;

export interface UploadsWanted {
  readonly gatewayUrl: string;
  readonly token: string;
  /** At once. */
  readonly uploads: number;
  /** Of each. */
  readonly bytes: number;
}

/** What the process says at its end: it had them all answered, or why not. */
export type UploadsDone = { readonly tookMs: number } | { readonly error: string };

/** Sends files from a process of its own; resolves with how long all took, once each was answered 200. */
export async function startUploads(wanted: UploadsWanted): Promise<number> {
  const child = fork(join(import.meta.dirname, '..', '..', 'dist', 'uploading', 'uploader.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { promise, resolve, reject } = Promise.withResolvers<UploadsDone>();
  const late = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`Uploads are not over after ${patienceMs / 1000} s`));
  }, patienceMs);
  child.once('message', (message) => resolve(message as UploadsDone));
  child.once('exit', (code, signal) => reject(new Error(`Uploads ended (${signal ?? `code ${code}`})`)));
  child.send(wanted);
  try {
    const done = await promise;
    if ('error' in done) throw new Error(done.error);
    return done.tookMs;
  } finally {
    clearTimeout(late);
  }
}
