import { createHmac } from 'node:crypto';
import type { InboundMessage, ReceivedMessage } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { exchange } from './http.js';

/** A channel as whoever operates it knows it. */
export interface ChannelKey {
  readonly id: string;
  readonly secret: string;
}

/** A customer's message as a test or a demo writes it. */
export interface CustomerMessage {
  /** The customer, in the channel's own words. */
  readonly from: string;
  readonly text: string;
  readonly name?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly name: string; readonly mediaType: string; readonly content: Buffer }[];
  /** The same one again is the same message again. */
  readonly externalMessageId?: string;
}

/** `sha256=<hex>`: HMAC-SHA256 of the body's bytes with the channel's secret. */
export const signatureOf = (body: string, secret: string): string => `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;

export function inboundOf({ from, text, name, attributes, files, externalMessageId = newId() }: CustomerMessage): InboundMessage {
  return {
    externalMessageId,
    sender: { externalId: from, ...(name !== undefined && { name }), ...(attributes && { attributes: { ...attributes } }) },
    message: { text, ...(files && { attachments: files.map(({ content, ...file }) => ({ ...file, contentBase64: content.toString('base64') })) }) },
  };
}

/** Posts a customer's message to a gateway the way a channel outside does. */
export async function postInbound(gatewayUrl: string, { id, secret }: ChannelKey, message: CustomerMessage): Promise<ReceivedMessage> {
  const body = JSON.stringify(inboundOf(message));
  const headers = { 'content-type': 'application/json', 'x-relevo-signature': signatureOf(body, secret) };
  return (await exchange(`${gatewayUrl}/v1/channels/${id}/inbound`, { method: 'POST', headers, body })) as ReceivedMessage;
}
