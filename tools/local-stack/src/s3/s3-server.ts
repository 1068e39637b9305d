import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isSigned } from './s3-signature.js';

const credentials = { id: 'test-id', secret: 'only-for-tests' };
const bucket = 'archivos';
/** S3's own: of every part but the last. */
const leastPart = 5 * 1024 * 1024;

export interface S3Access {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Multipart {
  readonly key: string;
  readonly parts: Map<number, Buffer>;
}

const etagOf = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

/**
 * What of S3 a file store needs, in memory: whole objects and multipart uploads, ranges, signatures that are checked, and
 * the errors that S3 answers. No server that speaks S3 can be had from Debian or npm alone (docs/adr/0008-files.md).
 */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  readonly uploads = new Map<string, Multipart>();
  /** Every operation that was asked, as `<method> <what>`. */
  readonly asked: string[] = [];
  /** Answers no more while true, as one that is overloaded does. */
  slowsDown = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<S3Server> {
    const server = createServer();
    const s3 = new S3Server(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void s3.take(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return s3;
  }

  get settings(): S3Access {
    const { port } = this.server.address() as AddressInfo;
    return { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket, accessKeyId: credentials.id, secretAccessKey: credentials.secret };
  }

  /** What makes a gateway keep its files here. */
  get env(): Record<string, string> {
    const { endpoint, region, accessKeyId, secretAccessKey } = this.settings;
    return { FILE_STORE: 's3', S3_ENDPOINT: endpoint, S3_REGION: region, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey };
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request).catch(() => null);
    // Broken off: nothing of it counts.
    if (body === null) return;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3');
    const [, name, key = ''] = pathname.split('/');
    if (this.slowsDown) return refuse(response, 503, 'SlowDown');
    if (!isSigned(request, body, credentials)) return refuse(response, 403, 'SignatureDoesNotMatch');
    if (name !== bucket) return refuse(response, 404, 'NoSuchBucket');
    const uploadId = searchParams.get('uploadId');
    const what = searchParams.has('uploads') ? 'uploads' : uploadId === null ? 'object' : searchParams.has('partNumber') ? 'part' : 'upload';
    this.asked.push(`${request.method} ${what}`);
    switch (`${request.method} ${what}`) {
      case 'PUT object':
        this.objects.set(key, body);
        return void response.setHeader('etag', etagOf(body)).end();
      case 'GET object':
        return this.get(key, request.headers.range, response);
      case 'DELETE object':
        this.objects.delete(key);
        return void response.writeHead(204).end();
      case 'GET uploads':
        return this.list(searchParams.get('prefix') ?? '', response);
      case 'POST uploads':
        return this.begin(key, response);
      case 'PUT part':
        return this.part(String(uploadId), Number(searchParams.get('partNumber')), body, response);
      case 'POST upload':
        return this.complete(String(uploadId), body.toString(), response);
      case 'DELETE upload':
        return this.uploads.delete(String(uploadId)) ? void response.writeHead(204).end() : refuse(response, 404, 'NoSuchUpload');
      default:
        return refuse(response, 501, 'NotImplemented');
    }
  }

  private get(key: string, range: string | undefined, response: ServerResponse): void {
    const object = this.objects.get(key);
    if (!object) return refuse(response, 404, 'NoSuchKey');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (from === undefined) return void response.setHeader('content-length', object.length).end(object);
    if (Number(from) >= object.length) return refuse(response, 416, 'InvalidRange');
    const part = object.subarray(Number(from), Number(to) + 1);
    response.writeHead(206, { 'content-length': part.length, 'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${object.length}` }).end(part);
  }

  private begin(key: string, response: ServerResponse): void {
    const uploadId = randomUUID();
    this.uploads.set(uploadId, { key, parts: new Map() });
    xml(response, 200, `<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key><UploadId>${uploadId}</UploadId></InitiateMultipartUploadResult>`);
  }

  private list(prefix: string, response: ServerResponse): void {
    const found = [...this.uploads].filter(([, { key }]) => key.startsWith(prefix));
    xml(response, 200, `<ListMultipartUploadsResult>${found.map(([id, { key }]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`).join('')}</ListMultipartUploadsResult>`);
  }

  private part(uploadId: string, number: number, body: Buffer, response: ServerResponse): void {
    const upload = this.uploads.get(uploadId);
    if (!upload) return refuse(response, 404, 'NoSuchUpload');
    upload.parts.set(number, body);
    response.setHeader('etag', etagOf(body)).end();
  }

  private complete(uploadId: string, body: string, response: ServerResponse): void {
    const upload = this.uploads.get(uploadId);
    if (!upload) return refuse(response, 404, 'NoSuchUpload');
    const named = [...body.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) => Number(number));
    const etags = [...body.matchAll(/<ETag>(?:&quot;|")?([0-9a-f]{32})(?:&quot;|")?<\/ETag>/g)].map(([, etag]) => `"${etag}"`);
    const parts = named.flatMap((number) => upload.parts.get(number) ?? []);
    if (parts.length < named.length || parts.some((part, place) => etagOf(part) !== etags[place])) return refuse(response, 400, 'InvalidPart');
    if (parts.slice(0, -1).some((part) => part.length < leastPart)) return refuse(response, 400, 'EntityTooSmall');
    const whole = Buffer.concat(parts);
    this.objects.set(upload.key, whole);
    this.uploads.delete(uploadId);
    xml(response, 200, `<CompleteMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${upload.key}</Key><ETag>${etagOf(whole)}</ETag></CompleteMultipartUploadResult>`);
  }
}

const xml = (response: ServerResponse, status: number, body: string): void => void response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);

const refuse = (response: ServerResponse, status: number, code: string): void => xml(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
