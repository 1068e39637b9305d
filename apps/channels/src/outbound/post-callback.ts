import { signatureOf } from '../channels/signature.js';

interface Callback {
  url: string;
  secret: string;
  /** The same for every try of one message. */
  id: string;
  body: string;
  timeoutMs: number;
}

/** Posts a message, signed; why it failed, or null when the receiver took it. Never what the receiver wrote. */
export async function postCallback({ url, secret, id, body, timeoutMs }: Callback): Promise<string | null> {
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
    await response.body?.cancel();
    return response.ok ? null : `answered ${response.status}`;
  } catch (error) {
    return reasonOf(error, timeoutMs);
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? `not reached: ${String(cause.code)}` : 'not reached';
}
