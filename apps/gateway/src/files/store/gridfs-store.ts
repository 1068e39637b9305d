import type { Readable } from 'node:stream';
import mongoose, { type Connection, type mongo } from 'mongoose';
import { type ByteRange, type Content, FileStore } from './file-store.js';
import type { Pace } from './pace.js';
import { piecesOf } from './pieces.js';

const bucketName = 'files';

/** One piece is one write. */
export const pieceBytes = 256 * 1024 - 1024;

/** Files in the service's own database, in MongoDB's own layout for them: nothing more to run. */
export class GridFsStore extends FileStore {
  private readonly bucket: mongo.GridFSBucket;

  /** The database is where messages go, too: `pace` is what is left to them. */
  constructor(
    private readonly connection: Connection,
    private readonly pace: Pace,
  ) {
    super();
    this.bucket = new mongoose.mongo.GridFSBucket(databaseOf(connection), { bucketName, chunkSizeBytes: pieceBytes });
  }

  /** Those that the driver looks for; made at start-up, never inside a request. */
  async createIndexes(): Promise<void> {
    await this.connection.collection(`${bucketName}.files`).createIndex({ filename: 1, uploadDate: 1 });
    await this.connection.collection(`${bucketName}.chunks`).createIndex({ files_id: 1, n: 1 }, { unique: true });
  }

  async write(key: string, content: Content, signal?: AbortSignal): Promise<void> {
    const upload = this.bucket.openUploadStreamWithId(idOf(key), key);
    // What fails is thrown by the write that it failed in.
    upload.on('error', () => undefined);
    try {
      let rest: Buffer | undefined;
      for await (const piece of piecesOf(content, pieceBytes)) {
        if (piece.length < pieceBytes) rest = piece;
        else await this.pace.run(() => writePiece(upload, piece), signal);
      }
      await this.pace.run(() => finish(upload, rest), signal);
    } catch (error) {
      upload.destroy();
      throw error;
    }
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the other store has to ask first
  async read(key: string, { start, end }: ByteRange): Promise<Readable> {
    return this.bucket.openDownloadStream(idOf(key), { start, end: end + 1 });
  }

  /** Pieces without a file, of an upload that was broken off, go as well: the driver says afterwards that there was no file. */
  async remove(key: string): Promise<void> {
    try {
      await this.bucket.delete(idOf(key));
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoRuntimeError)) throw error;
    }
  }
}

const settledBy =
  (resolve: () => void, reject: (error: Error) => void) =>
  (error?: Error | null): void =>
    error ? reject(error) : resolve();

/** Resolves when the database has it: the driver keeps nothing back of a whole piece. */
const writePiece = (upload: mongo.GridFSBucketWriteStream, piece: Buffer): Promise<void> => new Promise((resolve, reject) => upload.write(piece, settledBy(resolve, reject)));

/** What is less than a piece, and the record of the file. */
const finish = (upload: mongo.GridFSBucketWriteStream, rest: Buffer | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = settledBy(resolve, reject);
    if (rest) upload.end(rest, done);
    else upload.end(done);
  });

const idOf = (key: string): mongo.ObjectId => new mongoose.mongo.ObjectId(key);

function databaseOf({ db }: Connection): mongo.Db {
  if (!db) throw new Error('The database is not connected yet.');
  return db;
}
