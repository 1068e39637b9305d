import { getConnectionToken } from '@nestjs/mongoose';
import type { AttachmentView } from '@relevo/contracts';
import type { Connection } from 'mongoose';
import { type FileOffer, formOf } from './form.js';
import type { System } from './system.js';

export interface UploadAnswer {
  readonly status: number;
  readonly json: AttachmentView & { readonly code: string; readonly errors?: readonly { readonly path: string }[] };
}

export const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

/** An agent's files at a gateway, and what it keeps of all files. */
export class FileDesk {
  constructor(
    private readonly system: System,
    readonly token: string,
  ) {}

  async post(form: FormData, bearer = this.token): Promise<UploadAnswer> {
    const response = await fetch(`${this.system.url}/v1/attachments`, { method: 'POST', body: form, headers: { authorization: `Bearer ${bearer}` } });
    return { status: response.status, json: (await response.json()) as UploadAnswer['json'] };
  }

  async upload(offer: FileOffer): Promise<AttachmentView> {
    const { status, json } = await this.post(formOf(offer));
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(json)}`);
    return json;
  }

  /** As whoever has that token; null: nobody. */
  get(path: string, headers: Record<string, string> = {}, bearer: string | null = this.token, method = 'GET'): Promise<Response> {
    return fetch(`${this.system.url}${path}`, { method, headers: { ...(bearer !== null && { authorization: `Bearer ${bearer}` }), ...headers } });
  }

  /** How many documents there are of files, by collection. */
  async kept(): Promise<Record<string, number>> {
    const connection = this.system.gateways[0]!.get<Connection>(getConnectionToken());
    return Object.fromEntries(await Promise.all(['uploads', 'files.files', 'files.chunks'].map(async (name) => [name, await connection.collection(name).countDocuments()] as const)));
  }
}
