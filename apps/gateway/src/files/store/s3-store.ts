import type { Readable } from 'node:stream';
import { AbortMultipartUploadCommand, DeleteObjectCommand, GetObjectCommand, ListMultipartUploadsCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { AppError } from '@relevo/contracts';
import { Turns } from '../turns.js';
import { ContentReader } from './content-reader.js';
import { type ByteRange, type Content, FileStore } from './file-store.js';
import { Pace, patiently } from './pace.js';
import { PartMemory } from './part-memory.js';
import { S3Upload } from './s3-upload.js';

/** Where and as whom; `endpoint` is absent for Amazon's own. */
export interface S3Settings {
  readonly endpoint?: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The least that S3 takes for a part that is not the last. */
const partBytes = 5 * 1024 * 1024;

/** Parts that one replica holds at once, as far as they have come. Whoever has begun none holds nothing. */
const partsHeld = 16;

/** And those of them that go to the store at once. */
const writesAtOnce = 4;

/** For one of them: of a store behind a slow line nothing is known meanwhile. */
const stallMs = 60_000;

const connectMs = 1_500;
/** Without a byte in either direction. */
const silenceMs = 20_000;

/** Files in a bucket of anything that speaks S3. */
export class S3Store extends FileStore {
  private readonly client: S3Client;
  private readonly bucket: string;
  private readonly room = new Turns(partsHeld);
  private readonly pace = new Pace({ load: writesAtOnce, stallMs });
  private readonly memory = new PartMemory(partBytes, writesAtOnce);

  constructor({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Settings) {
    super();
    this.bucket = bucket;
    this.client = new S3Client({
      region,
      // A bucket as part of the host name needs certificates and names that only Amazon surely has.
      ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
      credentials: { accessKeyId, secretAccessKey },
      // What is newer than most stores are; a part's own digest is in its signature.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 2,
      requestHandler: { connectionTimeout: connectMs, requestTimeout: silenceMs },
    });
  }

  async write(key: string, content: Content, signal?: AbortSignal): Promise<void> {
    const upload = new S3Upload(this.client, { Bucket: this.bucket, Key: key });
    const reader = new ContentReader(content);
    try {
      while (await reader.hasMore()) {
        const end = await patiently(this.room, signal);
        try {
          const memory = this.memory.take();
          const part = await reader.fill(memory);
          const isLast = !(await reader.hasMore());
          await this.pace.run(() => reaching(upload.add(part, isLast)), signal);
          // Not after a failure: what stalled may still be sent.
          this.memory.give(memory);
        } finally {
          end();
        }
      }
    } finally {
      await reader.close();
    }
  }

  async read(key: string, { start, end }: ByteRange): Promise<Readable> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key, Range: `bytes=${start}-${end}` }));
      return Body as Readable;
    } catch (error) {
      throw asAppError(error);
    }
  }

  async remove(key: string): Promise<void> {
    try {
      const { Uploads = [] } = await this.client.send(new ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: key }));
      for (const { Key, UploadId } of Uploads) await this.client.send(new AbortMultipartUploadCommand({ Bucket: this.bucket, Key, UploadId }));
      await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
    } catch (error) {
      throw asAppError(error);
    }
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the other store has to wait
  async close(): Promise<void> {
    this.client.destroy();
  }
}

async function reaching<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw asAppError(error);
  }
}

/** What the store refuses is a mistake of ours or of its settings; anything else is that it cannot be reached. */
function asAppError(cause: unknown): unknown {
  const refused = cause instanceof S3ServiceException && (cause.$metadata.httpStatusCode ?? 500) < 500;
  return refused ? cause : new AppError('UNAVAILABLE', 'Files cannot be stored or read now. Try again.', { cause });
}
