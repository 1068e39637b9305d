import type { Readable } from 'node:stream';

/** Bytes of a file, in pieces as they come. */
export type Content = AsyncIterable<Uint8Array>;

/** Part of a file, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the bytes of files are. Keys are ours (`newBlobKey`): nobody outside chooses one, and none is written twice.
 * A store holds no file in memory, in either direction, and bounds by itself how much it does at once.
 */
export abstract class FileStore {
  /**
   * Stores all of `content`. Where it, or the store, fails, that error is thrown; what was stored by then is still to be
   * removed. `AppError` `UNAVAILABLE` when the store is out of reach, stalls (`StoreStalled`) or has too much to do. Whoever
   * waits for the store, and not for `content`, leaves at once when `signal` is aborted, with its reason.
   */
  abstract write(key: string, content: Content, signal?: AbortSignal): Promise<void>;

  /** The bytes of a range of what was stored whole. Whoever leaves off reading destroys it. */
  abstract read(key: string, range: ByteRange): Promise<Readable>;

  /** Removes what there is under a key, also what was stored in part. Nothing is as good as something. */
  abstract remove(key: string): Promise<void>;

  /** Lets go of what it holds; nothing is asked of it from then on. */
  abstract close(): Promise<void>;
}
