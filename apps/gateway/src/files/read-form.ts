import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { AppError, attachmentLimits, invalid } from '@relevo/contracts';
import type { Request } from 'express';

/** A file as it comes in; nothing of what its sender says of it is believed. */
export interface IncomingFile {
  readonly name: string | undefined;
  readonly declaredType: string;
  readonly content: Readable;
  /** Aborted when nothing more comes of it: whoever waits for something else than its content leaves off. */
  readonly signal: AbortSignal;
}

export interface ReadForm<T> {
  readonly taken: T;
  /** The form's other fields. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Of a form, besides its file: more than its fields and boundaries ever are. */
const formBytes = 64 * 1024;

const limits = { files: 2, fields: 5, parts: 7, fieldNameSize: 100, fieldSize: 1_000, headerPairs: 20, headerSize: 8_192 };

/** Of what is left of a refused form, so that its sender can read why. After that the connection ends. */
const drainBytes = 2 * attachmentLimits.bytes;
const drainMs = 30_000;
const drainAtEndMs = 1_000;

/** Without a byte of what we are ready to read. Who is held back by us is not silent. */
const silenceMs = 60_000;

const broken = (cause?: unknown): AppError => new AppError('VALIDATION_FAILED', 'The form did not arrive whole.', { errors: [{ path: '', message: 'must be a whole multipart form' }], cause });

function parserOf({ headers }: Request): BusboyInstance {
  const type = headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) throw new AppError('UNSUPPORTED_MEDIA', 'The body must be multipart/form-data.');
  if (Number(headers['content-length'] ?? 0) > attachmentLimits.bytes + formBytes) throw tooLarge();
  try {
    return new Busboy({ headers: headers as BusboyHeaders, limits });
  } catch (error) {
    throw broken(error);
  }
}

export const tooLarge = (): AppError => new AppError('PAYLOAD_TOO_LARGE', `A file has at most ${attachmentLimits.bytes} bytes.`);

/**
 * Reads a form whose file is named `file`, and hands the file to `take` as it comes, no faster than that reads it. Whatever
 * goes wrong ends the file's content with an error, and is thrown when `take` has ended too; so does `stopping`, with its
 * reason.
 */
export async function readForm<T>(request: Request, stopping: AbortSignal, take: (file: IncomingFile) => Promise<T>): Promise<ReadForm<T>> {
  const leaving = new AbortController();
  const fields: Record<string, string> = {};
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
  let content: Readable | undefined;
  let taking: Promise<T> | undefined;
  // A request that is all here is closed while its file is still being stored.
  const leave = (): void => void (request.complete || fail(broken()));
  const stop = (): void => fail(stopping.reason);
  const unwatch = onSilence(request, () => fail(broken()));
  try {
    stopping.throwIfAborted();
    stopping.addEventListener('abort', stop, { once: true });
    const parser = parserOf(request);
    parser.on('field', (name, value, _nameTruncated, truncated) => {
      if (truncated) fail(invalid(name, 'is too long'));
      else if (Object.hasOwn(fields, name)) fail(invalid(name, 'must be given once'));
      else fields[name] = value;
    });
    parser.on('file', (name, stream, filename, _encoding, declaredType) => {
      // One that nobody reads yet, or any more, must not end the process.
      stream.on('error', (error: Error) => stream.destroy(error));
      if (name !== 'file' || taking) {
        stream.resume();
        fail(invalid(name, name === 'file' ? 'must be given once' : 'is not a file of this form'));
        return;
      }
      content = stream;
      taking = take({ name: filename, declaredType, content, signal: leaving.signal });
      taking.catch(fail);
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parser.on(limit, () => fail(invalid('', 'has too many parts')));
    parser.on('finish', end).on('error', (error: unknown) => fail(broken(error)));
    request.once('close', leave).pipe(parser);
    await ended;
    if (!taking) throw invalid('file', 'must be given');
    return { taken: await taking, fields };
  } catch (error) {
    request.unpipe();
    const reason = error instanceof Error ? error : broken(error);
    content?.destroy(reason);
    leaving.abort(reason);
    await taking?.catch(() => undefined);
    drain(request, stopping.aborted ? drainAtEndMs : drainMs);
    throw error;
  } finally {
    unwatch();
    request.off('close', leave);
    stopping.removeEventListener('abort', stop);
  }
}

/** Calls back once nothing has come for long though it would have been read. */
function onSilence(request: Request, callBack: () => void): () => void {
  const timer = setTimeout(() => {
    if (request.isPaused()) timer.refresh();
    else callBack();
  }, silenceMs);
  const heard = (): void => void timer.refresh();
  request.on('data', heard);
  return () => {
    clearTimeout(timer);
    request.off('data', heard);
  };
}

function drain(request: Request, forMs: number): void {
  // Nothing is left of it; its connection may be another request's by the time that ends.
  if (request.readableEnded || request.destroyed) return;
  let left = drainBytes;
  // An open connection keeps the process by itself; a timer must not where there is none any more.
  const timer = setTimeout(() => request.destroy(), forMs).unref();
  request.once('close', () => clearTimeout(timer)).once('end', () => clearTimeout(timer));
  request.on('data', ({ length }: Buffer) => {
    left -= length;
    if (left < 0) request.destroy();
  });
  // The pipe may have paused it, and what comes next on the connection would wait behind it.
  request.resume();
}
