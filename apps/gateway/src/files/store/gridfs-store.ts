import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose, { type Connection, type mongo } from 'mongoose';
import { Turns } from '../turns.js';
import { type ByteRange, type Content, FileStore } from './file-store.js';
import { piecesOf } from './pieces.js';

const bucketName = 'files';

/** One piece is one write. */
const pieceBytes = 256 * 1024 - 1024;

/** Pieces that one replica writes at once: uploads leave the database, and so the messages, most of its time. */
const writesAtOnce = 3;

/** Files in the service's own database, in MongoDB's own layout for them: nothing more to run. */
export class GridFsStore extends FileStore {
  private readonly bucket: mongo.GridFSBucket;
  private readonly turns = new Turns(writesAtOnce);

  constructor(private readonly connection: Connection) {
    super();
    this.bucket = new mongoose.mongo.GridFSBucket(databaseOf(connection), { bucketName, chunkSizeBytes: pieceBytes });
  }

  /** Those that the driver looks for; made at start-up, never inside a request. */
  async createIndexes(): Promise<void> {
    await this.connection.collection(`${bucketName}.files`).createIndex({ filename: 1, uploadDate: 1 });
    await this.connection.collection(`${bucketName}.chunks`).createIndex({ files_id: 1, n: 1 }, { unique: true });
  }

  async write(key: string, content: Content): Promise<void> {
    await pipeline(this.inTurns(content), this.bucket.openUploadStreamWithId(idOf(key), key));
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

  /** A piece has its turn until the next one is asked for, which is when it has been written. */
  private async *inTurns(content: Content): AsyncGenerator<Buffer> {
    for await (const piece of piecesOf(content, pieceBytes)) {
      const end = await this.turns.begin();
      try {
        yield piece;
      } finally {
        end();
      }
    }
  }
}

const idOf = (key: string): mongo.ObjectId => new mongoose.mongo.ObjectId(key);

function databaseOf({ db }: Connection): mongo.Db {
  if (!db) throw new Error('The database is not connected yet.');
  return db;
}
