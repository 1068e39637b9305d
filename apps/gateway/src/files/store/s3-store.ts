import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { AppError } from '@relevo/contracts';
import { Turns } from '../turns.js';
import { type ByteRange, type Content, FileStore } from './file-store.js';

/** Where and as whom; `endpoint` is absent for Amazon's own. */
export interface S3Settings {
  readonly endpoint?: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The least that S3 takes for a part that is not the last. An upload holds one that goes and one that fills. */
const partBytes = 5 * 1024 * 1024;

/** Files that one replica writes at once; the others wait, and their senders with them. */
const writesAtOnce = 4;

const connectMs = 1_500;
/** Without a byte in either direction. */
const silenceMs = 20_000;

/** Files in a bucket of anything that speaks S3. */
export class S3Store extends FileStore {
  private readonly client: S3Client;
  private readonly bucket: string;
  private readonly turns = new Turns(writesAtOnce);

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

  write(key: string, content: Content): Promise<void> {
    return this.turns.run(async () => {
      let broken: unknown = null;
      const body = Readable.from(noting(content, (error) => (broken = error)), { objectMode: false });
      const upload = new Upload({ client: this.client, params: { Bucket: this.bucket, Key: key, Body: body }, partSize: partBytes, queueSize: 1, leavePartsOnError: false });
      try {
        await upload.done();
      } catch (error) {
        body.destroy();
        throw broken ?? asAppError(error);
      }
    });
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

  close(): void {
    this.client.destroy();
  }
}

/** What the content itself failed with, which the client would wrap. */
async function* noting(content: Content, broke: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    broke(error);
    throw error;
  }
}

/** What the store refuses is a mistake of ours or of its settings; anything else is that it cannot be reached. */
function asAppError(cause: unknown): unknown {
  const refused = cause instanceof S3ServiceException && (cause.$metadata.httpStatusCode ?? 500) < 500;
  return refused ? cause : new AppError('UNAVAILABLE', 'Files cannot be stored or read now. Try again.', { cause });
}
