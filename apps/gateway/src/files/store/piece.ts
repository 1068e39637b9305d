import type { ConnectOptions } from 'mongoose';

/** Of the collections that files are in. */
export const bucketName = 'files';

/** One piece is one write: 256 KiB with what is around it. */
export const pieceBytes = 256 * 1024 - 1024;

/** Of a file, the `place`-th from 0. Its memory is shared with the thread, and not to be changed before it is written. */
export interface Piece {
  readonly fileId: string;
  readonly place: number;
  readonly bytes: Uint8Array;
}

/** A file whose pieces are all there. */
export interface FileRecord {
  readonly fileId: string;
  readonly name: string;
  readonly length: number;
  readonly chunkSize: number;
}

/** Which database, and how. */
export interface ThreadSettings {
  readonly url: string;
  readonly options: ConnectOptions;
}
