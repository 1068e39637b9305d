import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Of bytes that came in and have been copied on. */
const everyBytes = 4 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;

let since = 0;

/**
 * Bytes read from a socket are outside of V8's heap, and what holds them is small: V8 lets some 64 MB of them pile up, and
 * then collects all of its heap. They are young, though, and the young are collected in a millisecond.
 */
export function letGoOf(bytes: number): void {
  since += bytes;
  if (since < everyBytes) return;
  since = 0;
  collect({ type: 'minor' });
}
