// The thread in which pieces of files go to the database (piece-thread.ts).
import mongoose from 'mongoose';
import { workerData } from 'piscina';
import { bucketName, type FileRecord, type Piece, type ThreadSettings } from './piece.js';

const { url, options } = workerData as ThreadSettings;
const { ObjectId, Binary } = mongoose.mongo;

const connected = mongoose.createConnection(url, { ...options, maxPoolSize: 20 }).asPromise();

async function collection(name: 'files' | 'chunks'): Promise<mongoose.mongo.Collection> {
  return (await connected).collection(`${bucketName}.${name}`);
}

/** One piece, in GridFS's own layout (mongodb/specifications, "GridFS"). */
export async function writePiece({ fileId, place, bytes }: Piece): Promise<void> {
  const chunks = await collection('chunks');
  await chunks.insertOne({ _id: new ObjectId(), files_id: new ObjectId(fileId), n: place, data: new Binary(bytes) });
}

/** After its pieces: with its record a file is there. */
export async function writeFile({ fileId, name, length, chunkSize }: FileRecord): Promise<void> {
  const files = await collection('files');
  await files.insertOne({ _id: new ObjectId(fileId), length, chunkSize, uploadDate: new Date(), filename: name });
}
