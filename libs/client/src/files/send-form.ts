/** A form on its way out, with its file. */
export interface OutgoingForm {
  readonly url: string;
  readonly token: string;
  readonly form: FormData;
  /** Bytes that are sent, of so many. May never be called: not everybody can tell. */
  readonly onProgress: (sent: number, total: number) => void;
  readonly signal: AbortSignal;
}

export interface FormAnswer {
  readonly status: number;
  readonly text: string;
}

/** Rejects when no answer came, or nobody waits for one. */
export type SendForm = (form: OutgoingForm) => Promise<FormAnswer>;

const fetchForm: SendForm = async ({ url, token, form, signal }) => {
  const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form, signal, credentials: 'omit', cache: 'no-store' });
  return { status: response.status, text: await response.text() };
};

/** As much of it as is used: this library is built without the DOM's types. */
interface Xhr {
  readonly upload: { onprogress: ((news: { readonly loaded: number; readonly total: number }) => void) | null };
  readonly status: number;
  readonly responseText: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: FormData): void;
  abort(): void;
}

const xhrForm =
  (Request: new () => Xhr): SendForm =>
  ({ url, token, form, onProgress, signal }) =>
    new Promise((resolve, reject) => {
      const request = new Request();
      const abort = (): void => request.abort();
      const fail = (): void => {
        signal.removeEventListener('abort', abort);
        reject(new Error('The form was not answered.'));
      };
      request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
      request.onload = () => {
        signal.removeEventListener('abort', abort);
        resolve({ status: request.status, text: request.responseText });
      };
      request.onerror = fail;
      request.onabort = fail;
      if (signal.aborted) return fail();
      signal.addEventListener('abort', abort);
      request.open('POST', url);
      request.setRequestHeader('authorization', `Bearer ${token}`);
      request.send(form);
    });

/** A browser's `XMLHttpRequest`, which alone tells how far an upload has come; `fetch` elsewhere. */
export const sendForm: SendForm = (form) => {
  const { XMLHttpRequest } = globalThis as { readonly XMLHttpRequest?: new () => Xhr };
  return (XMLHttpRequest ? xhrForm(XMLHttpRequest) : fetchForm)(form);
};
