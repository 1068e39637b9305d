import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { OutOfReach, type Reach } from '@relevo/platform';
import { signatureOf } from '../channels/signature.js';
import type { Posted } from './delivery.js';

/** Bytes of an answer that are read: it is for a message's name alone. */
const maxAnswer = 4_096;
const maxName = 256;

/** Connections are used again for a few seconds; to where they lead was looked at when they were made. */
const kept = { keepAlive: true, timeout: 4_000 };
const schemes = {
  http: { send: httpRequest, agent: new HttpAgent(kept) },
  https: { send: httpsRequest, agent: new HttpsAgent(kept) },
};

interface Callback {
  url: string;
  secret: string;
  /** The same for every try of one message. */
  id: string;
  body: string;
  /** Where it may lead. */
  reach: Reach;
  timeoutMs: number;
}

/** Posts a message, signed. Of what the receiver wrote nothing is kept but what it calls the message. */
export async function postCallback(callback: Callback): Promise<Posted> {
  const signal = AbortSignal.timeout(callback.timeoutMs);
  try {
    const response = await post(callback, signal);
    const { statusCode = 0 } = response;
    if (statusCode >= 200 && statusCode < 300) return { error: null, ...(await nameIn(response)) };
    // A redirect is not followed: it would carry the customer's words to wherever the receiver's answer says.
    response.destroy();
    return { error: `answered ${statusCode}` };
  } catch (error) {
    return { error: signal.aborted ? `no answer within ${callback.timeoutMs} ms` : reasonOf(error) };
  }
}

function post({ url: given, secret, id, body, reach }: Callback, signal: AbortSignal): Promise<IncomingMessage> {
  const url = new URL(given);
  const { send, agent } = url.protocol === 'https:' ? schemes.https : schemes.http;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Relevo',
    'x-relevo-signature': signatureOf(body, secret),
    'x-relevo-delivery': id,
  };
  return new Promise((resolve, reject) => {
    send(url, { method: 'POST', agent, signal, headers, ...reach.connectionTo(url) }, resolve)
      .on('error', reject)
      .end(body);
  });
}

/** From an answer like `{"externalMessageId": "wamid.1"}`. The message was taken, whatever else the answer is. */
async function nameIn(response: IncomingMessage): Promise<Pick<Posted, 'externalMessageId'>> {
  try {
    const isJson = /^application\/json\b/i.test(response.headers['content-type'] ?? '');
    const text = await beginningOf(response);
    const answer: unknown = isJson && text !== null ? JSON.parse(text) : null;
    const name = typeof answer === 'object' && answer !== null && 'externalMessageId' in answer ? answer.externalMessageId : null;
    return typeof name === 'string' && name.length >= 1 && name.length <= maxName && name.isWellFormed() ? { externalMessageId: name } : {};
  } catch {
    return {};
  }
}

/** All of it, unless it is too long: then null. */
async function beginningOf(response: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    // Leaving the loop ends the connection.
    if (size > maxAnswer) return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown): string {
  if (error instanceof OutOfReach) return `not asked: ${error.message}`;
  return error instanceof Error && 'code' in error ? `not reached: ${String(error.code)}` : 'not reached';
}
