import type { NatsConnection } from '@nats-io/transport-node';

interface StreamInfo {
  readonly error?: { readonly description: string };
  readonly state: { readonly first_seq: number; readonly last_seq: number };
}

interface StreamMessage {
  readonly error?: { readonly code: number; readonly description: string };
  /** Base64. */
  readonly message: { readonly subject: string; readonly hdrs?: string; readonly data?: string };
}

/** Only keeps a broken run from hanging. */
const within = { timeout: 60_000 };

const fromBase64 = (text = ''): Buffer => Buffer.from(text, 'base64');

/** Every message that a stream holds after a sequence number, in its order: subject, headers and body as they are stored. For the operator. */
export async function storedMessages(nats: NatsConnection, stream: string, after = 0): Promise<Buffer[]> {
  const info = (await nats.request(`$JS.API.STREAM.INFO.${stream}`, '', within)).json<StreamInfo>();
  if (info.error) throw new Error(`${stream}: ${info.error.description}`);
  const messages: Buffer[] = [];
  for (let seq = Math.max(info.state.first_seq, after + 1); seq <= info.state.last_seq; seq += 1) {
    const { error, message } = (await nats.request(`$JS.API.STREAM.MSG.GET.${stream}`, JSON.stringify({ seq }), within)).json<StreamMessage>();
    if (error?.code === 404) continue;
    if (error) throw new Error(`${stream}, ${seq}: ${error.description}`);
    messages.push(Buffer.concat([Buffer.from(`${message.subject}\r\n`), fromBase64(message.hdrs), fromBase64(message.data)]));
  }
  return messages;
}
