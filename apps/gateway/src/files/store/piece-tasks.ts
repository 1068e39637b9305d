// The thread in which pieces of files go to the database (piece-thread.ts).
import mongoose from 'mongoose';
import { workerData } from 'piscina';
import { bucketName, type FileRecord, type Piece, type ThreadSettings } from './piece.js';

const { url, options } = workerData as ThreadSettings;
const { ObjectId, Binary } = mongoose.mongo;

/** A thread that has just begun, on a busy machine, is late itself: then the database is not away yet. */
const maxTries = 4;

let connection: Promise<mongoose.Connection> | null = null;

/** Once for all. Where it fails, whoever comes next tries again: a database that was away once would else be away for good. */
async function connected(): Promise<mongoose.Connection> {
  connection ??= connect().catch((error: unknown) => {
    connection = null;
    throw error;
  });
  return connection;
}

async function connect(tries = 1): Promise<mongoose.Connection> {
  const opened = mongoose.createConnection(url, { ...options, maxPoolSize: 20 });
  try {
    return await opened.asPromise();
  } catch (error) {
    await opened.destroy();
    if (tries < maxTries) return connect(tries + 1);
    throw error;
  }
}

async function collection(name: 'files' | 'chunks'): Promise<mongoose.mongo.Collection> {
  return (await connected()).collection(`${bucketName}.${name}`);
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
