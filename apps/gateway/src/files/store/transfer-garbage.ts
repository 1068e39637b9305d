import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Of bytes that came in and have been copied on, before they are collected: what one content leaves behind for a moment. */
const idleBytes = 4 * 1024 * 1024;

/** And of each content that is under way: what is let go of while a chunk of it waits in its socket's stream, its form's and its file's. */
const bytesMeanwhile = 1024 * 1024;

/** How much the heap may grow between two collections of all of it, while contents are under way. V8's own choice, for a heap that hardly changes, is little. */
const growingPercent = 100;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;

let underWay = 0;
let since = 0;

/**
 * Bytes read from a socket are outside of V8's heap, and what holds them is small. V8 counts them as the heap's growth, and
 * so collects all of the heap a few times a second for their sake, which messages wait for. They die young, though, and the
 * young are collected in a millisecond: now and then, but not so often that what is on its way is taken for old.
 */
export class TransferGarbage {
  constructor() {
    underWay += 1;
    if (underWay === 1) setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
  }

  /** So many bytes are not needed any more. */
  letGo(bytes: number): void {
    since += bytes;
    if (since < idleBytes + underWay * bytesMeanwhile) return;
    since = 0;
    collect({ type: 'minor' });
  }

  end(): void {
    underWay -= 1;
    // 0: by V8's own choice again.
    if (underWay === 0) setFlagsFromString('--heap-growing-percent=0');
  }
}
