import type { AttachmentLink, AttachmentView } from '@relevo/contracts';
import type { Gateways } from '../api/gateways.js';
import type { Rest } from '../api/rest.js';
import { FileLinks } from '../files/file-links.js';
import { formOf } from '../files/form-of.js';
import { Uploads } from '../files/uploads.js';

const path = '/v1/widget/attachments';

export interface VisitFilesOptions {
  readonly rest: Rest;
  readonly gateways: Gateways;
  /** Of the visitor who was let in. */
  readonly token: () => Promise<string>;
  readonly reachable: (signal: AbortSignal) => Promise<void>;
}

/** A visitor's files, on their way out and in. */
export function visitFiles({ rest, gateways, token, reachable }: VisitFilesOptions): { readonly uploads: Uploads; readonly fileLinks: FileLinks } {
  const uploads = new Uploads({
    send: async (file, { onProgress, signal }) => (await rest.upload({ path, form: formOf(file), onProgress }, await token(), signal)) as AttachmentView,
    withdraw: async (id) => rest.exchange({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}`, headers: {} }, await token()),
    reachable,
  });
  const fileLinks = new FileLinks({
    ask: async (id, variant) => (await rest.exchange({ method: 'GET', path: `${path}/${encodeURIComponent(id)}/link?variant=${variant}`, headers: {} }, await token())) as AttachmentLink,
    base: () => gateways.current,
  });
  return { uploads, fileLinks };
}
