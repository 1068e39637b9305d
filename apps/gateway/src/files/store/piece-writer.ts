import { AppError } from '@relevo/contracts';
import mongoose, { type Connection, type mongo } from 'mongoose';

/** Of the collections that files are in. */
export const bucketName = 'files';

/** One piece is one write: 256 KiB with what is around it. */
export const pieceBytes = 256 * 1024 - 1024;

/** Of a file, the `place`-th from 0. Not to be changed before it is written. */
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
}

const { Binary, ObjectId } = mongoose.mongo;

/** Files as they go to the database, in GridFS's own layout (mongodb/specifications, "GridFS"). */
export class PieceWriter {
  constructor(private readonly connection: Connection) {}

  /** Resolves when the database has it for good; `UNAVAILABLE` whatever keeps it from that: it is away, or full. */
  write({ fileId, place, bytes }: Piece): Promise<void> {
    return this.insert('chunks', { _id: new ObjectId(), files_id: new ObjectId(fileId), n: place, data: new Binary(bytes) });
  }

  /** Likewise. With its record, after its pieces, a file is there. */
  finish({ fileId, name, length }: FileRecord): Promise<void> {
    return this.insert('files', { _id: new ObjectId(fileId), length, chunkSize: pieceBytes, uploadDate: new Date(), filename: name });
  }

  private async insert(collection: 'chunks' | 'files', document: mongo.Document): Promise<void> {
    try {
      await this.connection.collection(`${bucketName}.${collection}`).insertOne(document);
    } catch (error) {
      throw new AppError('UNAVAILABLE', 'Files cannot be stored now. Try again.', { cause: error });
    }
  }
}
