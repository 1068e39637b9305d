import { randomBytes } from 'node:crypto';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { once } from 'node:events';

/** A file as a browser sends one. */
export interface FileOffer {
  readonly name?: string;
  readonly type?: string;
  readonly bytes: Uint8Array;
}

export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const noiseBlock = 1024 * 1024;

/**
 * Of no type that anybody knows, and nothing that compresses. Dice for 40 MB would take a busy machine seconds, in which
 * this process, and the gateway in it, could answer nobody.
 */
export const noise = (bytes: number): Buffer => {
  const all = Buffer.alloc(bytes, randomBytes(Math.min(bytes, noiseBlock)));
  all.set([1, 0, 2].slice(0, bytes));
  return all;
};

export function formOf({ name = 'nota.bin', type = 'application/octet-stream', bytes }: FileOffer, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  form.append('file', new Blob([bytes], { type }), name);
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  return form;
}

/** A form that its sender writes by hand, to break it off or go on when they like. */
export class SlowForm {
  private constructor(
    private readonly request: ClientRequest,
    private readonly boundary: string,
  ) {}

  /** A form of `length` bytes in all, of which nothing but the file's beginning has been sent. */
  static open(url: string, token: string, headers: Record<string, string> = {}): SlowForm {
    const boundary = 'relevo-test';
    const request = httpRequest(url, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers } });
    request.on('error', () => undefined);
    request.write(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="lento.bin"\r\ncontent-type: application/octet-stream\r\n\r\n`);
    return new SlowForm(request, boundary);
  }

  /** Resolves when it was taken by the network. */
  async send(bytes: Uint8Array): Promise<void> {
    if (!this.request.write(bytes)) await once(this.request, 'drain');
  }

  drop(): void {
    this.request.destroy();
  }

  async end(): Promise<number> {
    this.request.end(`\r\n--${this.boundary}--\r\n`);
    return this.answer();
  }

  /** Which may come before the form's end. */
  async answer(): Promise<number> {
    const [response] = (await once(this.request, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    return response.statusCode;
  }
}
