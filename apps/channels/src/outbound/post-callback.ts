import { signatureOf } from '../channels/signature.js';
import type { Posted } from './delivery.js';

/** Bytes of an answer that are read: it is for a message's name alone. */
const maxAnswer = 4_096;
const maxName = 256;

interface Callback {
  url: string;
  secret: string;
  /** The same for every try of one message. */
  id: string;
  body: string;
  timeoutMs: number;
}

/** Posts a message, signed. Of what the receiver wrote nothing is kept but what it calls the message. */
export async function postCallback({ url, secret, id, body, timeoutMs }: Callback): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      // A redirect would carry the customer's words to wherever the receiver's answer says.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Relevo',
        'x-relevo-signature': signatureOf(body, secret),
        'x-relevo-delivery': id,
      },
      body,
    });
    if (response.ok) return { error: null, ...(await nameIn(response)) };
    await response.body?.cancel();
    return { error: `answered ${response.status}` };
  } catch (error) {
    return { error: reasonOf(error, timeoutMs) };
  }
}

/** From an answer like `{"externalMessageId": "wamid.1"}`. The message was taken, whatever else the answer is. */
async function nameIn(response: Response): Promise<Pick<Posted, 'externalMessageId'>> {
  try {
    const isJson = /^application\/json\b/i.test(response.headers.get('content-type') ?? '');
    const text = isJson ? await beginningOf(response) : (await response.body?.cancel(), null);
    const answer: unknown = text === null ? null : JSON.parse(text);
    const name = typeof answer === 'object' && answer !== null && 'externalMessageId' in answer ? answer.externalMessageId : null;
    return typeof name === 'string' && name.length >= 1 && name.length <= maxName && name.isWellFormed() ? { externalMessageId: name } : {};
  } catch {
    return {};
  }
}

/** All of it, unless it is too long: then null. */
async function beginningOf({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
    // Leaving the loop ends the connection.
    if (size > maxAnswer) return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? `not reached: ${String(cause.code)}` : 'not reached';
}
