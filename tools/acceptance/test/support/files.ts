import { randomUUID } from 'node:crypto';
import { type Answer, type Credentials, signIn } from './outsider.js';

export interface AttachmentShape {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly voice?: { readonly durationMs: number; readonly peaks: readonly number[] };
}

export interface SentShape {
  readonly code?: string;
  readonly entry: { readonly conversationId: string; readonly seq: number; readonly data: { readonly text: string; readonly attachments: readonly AttachmentShape[]; readonly voice?: boolean } };
  readonly conversation: { readonly id: string };
}

export const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Somebody with a token who sends and gets files, as any integrator would: an agent, or a visitor (`/widget`). */
export class FileClient {
  constructor(
    private readonly gatewayUrl: string,
    private readonly token: string,
    private readonly base: '/attachments' | '/widget/attachments' = '/attachments',
  ) {}

  static async signIn(gatewayUrl: string, credentials: Credentials): Promise<FileClient> {
    const { status, body } = await signIn(gatewayUrl, credentials);
    if (status !== 200) throw new Error(`login: ${status}`);
    return new FileClient(gatewayUrl, body.accessToken);
  }

  async post(bytes: Uint8Array, { name = 'foto.png', type = 'image/png', ...fields }: Record<string, string> = {}): Promise<Answer<AttachmentShape & { code?: string }>> {
    const form = new FormData();
    form.append('file', new Blob([bytes], { type }), name);
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    const response = await this.fetch(this.base, { method: 'POST', body: form });
    return { status: response.status, body: (await response.json()) as AttachmentShape & { code?: string } };
  }

  async upload(bytes: Uint8Array = picture, fields: Record<string, string> = {}): Promise<AttachmentShape> {
    const { status, body } = await this.post(bytes, fields);
    if (status !== 200) throw new Error(`upload: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  get(id: string, part = ''): Promise<Response> {
    return this.fetch(`${this.base}/${id}${part}`, {});
  }

  /** The statuses of every way to it. */
  async statuses(id: string): Promise<number[]> {
    return Promise.all(['', '/thumbnail', '/link', '/link?variant=thumbnail'].map(async (part) => (await this.get(id, part)).status));
  }

  /** Over REST, as an agent. */
  async send(conversationId: string, message: object, commandId: string = randomUUID()): Promise<Answer<SentShape>> {
    const response = await this.fetch(`/conversations/${conversationId}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': commandId },
      body: JSON.stringify(message),
    });
    return { status: response.status, body: (await response.json()) as SentShape };
  }

  private fetch(path: string, { headers, ...init }: RequestInit): Promise<Response> {
    return fetch(`${this.gatewayUrl}/v1${path}`, { ...init, headers: { authorization: `Bearer ${this.token}`, ...headers } });
  }
}
