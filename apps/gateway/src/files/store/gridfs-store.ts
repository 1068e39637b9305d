import type { Readable } from 'node:stream';
import mongoose, { type Connection, type mongo } from 'mongoose';
import { ContentReader } from './content-reader.js';
import { type ByteRange, type Content, FileStore } from './file-store.js';
import type { Pace } from './pace.js';
import { bucketName, pieceBytes, PieceWriter } from './piece-writer.js';

/** How often the driver copies a piece on its way: into BSON, out of its buffer, into a message. */
const driverCopies = 3;

/** Files in the service's own database, in MongoDB's own layout for them: nothing more to run. */
export class GridFsStore extends FileStore {
  private readonly bucket: mongo.GridFSBucket;
  private readonly writer: PieceWriter;

  /** The database is where messages go, too: `pace` is what is left to them. */
  constructor(
    private readonly connection: Connection,
    private readonly pace: Pace,
  ) {
    super();
    this.writer = new PieceWriter(connection);
    this.bucket = new mongoose.mongo.GridFSBucket(databaseOf(connection), { bucketName, chunkSizeBytes: pieceBytes });
  }

  /** Those of GridFS; made at start-up, never inside a request. */
  async createIndexes(): Promise<void> {
    await this.connection.collection(`${bucketName}.files`).createIndex({ filename: 1, uploadDate: 1 });
    await this.connection.collection(`${bucketName}.chunks`).createIndex({ files_id: 1, n: 1 }, { unique: true });
  }

  async write(key: string, content: Content, signal?: AbortSignal): Promise<void> {
    const reader = new ContentReader(content);
    const memory = Buffer.allocUnsafeSlow(pieceBytes);
    try {
      let [place, length] = [0, 0];
      while (await reader.hasMore()) {
        const bytes = await reader.fill(memory);
        await this.pace.run(() => this.writer.write({ fileId: key, place, bytes }), signal);
        reader.letGo(driverCopies * bytes.length);
        place += 1;
        length += bytes.length;
      }
      await this.pace.run(() => this.writer.finish({ fileId: key, name: key, length }), signal);
    } finally {
      await reader.close();
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

  /** Its connection is the service's. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

const idOf = (key: string): mongo.ObjectId => new mongoose.mongo.ObjectId(key);

function databaseOf({ db }: Connection): mongo.Db {
  if (!db) throw new Error('The database is not connected yet.');
  return db;
}
