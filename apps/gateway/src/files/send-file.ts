import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { create as contentDisposition } from 'content-disposition';
import type { Request, Response } from 'express';
import { isInline } from './media-type.js';
import type { ByteRange, FileStore } from './store/file-store.js';
import type { UploadRecord } from './upload.schema.js';

/** Nothing in a file runs, loads or frames anything, wherever a browser opens it. */
const policy = "default-src 'none'; sandbox";

/** Who may see it is asked each time; that it is the same as before, its tag tells. */
const caching = 'private, no-cache';

const isAbandoned = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Whether the asker has it already (RFC 9110, 13.1.2); Express's own answer is no to any request of a script. */
function isKnown(request: Request, etag: string): boolean {
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

/**
 * The part that is asked for: null for all of it, also of several parts at once; `outside` when none of it is in the file.
 * With `If-Range` only of the very content that the asker has part of.
 */
function rangeOf(request: Request, { size }: UploadRecord, etag: string): ByteRange | 'outside' | null {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etag) return null;
  const ranges = request.range(size, { combine: true });
  if (ranges === -1) return 'outside';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return null;
  return ranges[0] ?? null;
}

/** Headers of a file that whoever asks may see. */
function describe(response: Response, { name, mediaType }: Pick<UploadRecord, 'name' | 'mediaType'>, etag: string): void {
  response.set({
    'content-type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    'content-disposition': contentDisposition(name, { type: isInline(mediaType) ? 'inline' : 'attachment' }),
    'content-security-policy': policy,
    'cache-control': caching,
    etag,
  });
}

/** Answers with a file or the part of it that is asked for (RFC 9110: 206, 304, 416), as fast as its reader takes it. */
export async function sendFile(request: Request, response: Response, store: FileStore, file: UploadRecord): Promise<void> {
  const etag = `"${file.digest}"`;
  describe(response, file, etag);
  response.set('accept-ranges', 'bytes');
  if (isKnown(request, etag)) return void response.status(304).end();
  const range = rangeOf(request, file, etag);
  if (range === 'outside') {
    response.removeHeader('content-disposition');
    return void response.status(416).set('content-range', `bytes */${file.size}`).end();
  }
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  if (range) response.status(206).set('content-range', `bytes ${start}-${end}/${file.size}`);
  response.set('content-length', String(end - start + 1));
  if (request.method === 'HEAD') return void response.end();
  await stream(await store.read(file.blob, { start, end }), response);
}

/** Answers with a picture of a file. */
export function sendThumbnail(request: Request, response: Response, { name, digest }: UploadRecord, bytes: Buffer): void {
  const etag = `"${digest}-thumbnail"`;
  describe(response, { name: `${name}.webp`, mediaType: 'image/webp' }, etag);
  if (isKnown(request, etag)) return void response.status(304).end();
  response.set('content-length', String(bytes.length)).end(request.method === 'HEAD' ? undefined : bytes);
}

/** A reader who leaves off is no error; a store that does cuts the answer short, which its reader notices. */
async function stream(content: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  try {
    await pipeline(content, response);
  } catch (error) {
    if (!isAbandoned(error)) throw error;
  }
}
