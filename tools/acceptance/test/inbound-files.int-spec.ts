import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { blockCustomer, claimConversation, getConversation, getTimeline, listConversations, sendMessage } from '@relevo/contracts';
import { type ApiClient, Receiver, seedWorkspace, signatureOf, startTestSystem, type TestSystem } from '@relevo/testing';
import { type AttachmentShape, FileClient, picture } from './support/files.js';
import { type Answer, type EntryShape } from './support/outsider.js';

/** Files that come with customers' messages through a channel's webhook, and leave by its callback. */
let system: TestSystem;
let media: Server;
let mediaHost: string;
let receiver: Receiver;
let channel: { id: string; secret: string };
let other: { id: string; secret: string };
let ana: ApiClient;
let files: FileClient;
const fetched: string[] = [];

beforeAll(async () => {
  media = createServer((request, response) => {
    fetched.push(request.url ?? '');
    if (request.url === '/foto.png') response.end(picture);
    else if (request.url === '/grande') response.end(Buffer.alloc(41 * 1024 * 1024, 1));
    else response.writeHead(404).end();
  });
  media.listen(0, '127.0.0.1');
  await once(media, 'listening');
  mediaHost = `127.0.0.1:${(media.address() as AddressInfo).port}`;
  receiver = await Receiver.start();
  system = await startTestSystem({ serviceEnv: { gateway: { INBOUND_URL_HOSTS: mediaHost } } });
  const { agents, channels } = await seedWorkspace(system, { agents: { ana: { role: 'admin' } }, channels: { api: { callbackUrl: receiver.url }, other: {} } });
  channel = channels.api;
  other = channels.other;
  ana = await system.login(agents.ana);
  files = await FileClient.signIn(system.gatewayUrl(), agents.ana);
});

afterAll(async () => {
  await system?.stop();
  await receiver?.stop();
  media?.close();
  media?.closeAllConnections();
});

type Inbound = Answer<{ conversationId: string; seq: number; code?: string; errors?: { path: string }[] }>;

async function post(message: object, { externalMessageId = randomUUID(), secret = channel.secret, from = `+34${randomUUID().slice(0, 8)}` } = {}): Promise<Inbound> {
  const body = JSON.stringify({ externalMessageId, sender: { externalId: from }, message });
  const response = await fetch(`${system.gatewayUrl()}/v1/channels/${channel.id}/inbound`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-relevo-signature': signatureOf(body, secret) } });
  return { status: response.status, body: (await response.json()) as Inbound['body'] };
}

const inBody = { contentBase64: picture.toString('base64'), mediaType: 'image/png', name: '../../foto.png' };
const atUrl = (path: string) => ({ url: `http://${mediaHost}${path}`, mediaType: 'image/png', name: 'foto.png' });
const attachmentsOf = async ({ conversationId, seq }: Inbound['body']): Promise<AttachmentShape[]> => {
  const { items } = await ana.call(getTimeline, { conversationId });
  return ((items as EntryShape[]).find((entry) => entry.seq === seq)?.data as { attachments: AttachmentShape[] }).attachments;
};

it('a signed message brings files in it or by URL, with a text or without', async () => {
  const { status, body } = await post({ text: 'mirá', attachments: [inBody, atUrl('/foto.png')] });
  expect(status).toBe(202);
  const attachments = await attachmentsOf(body);
  expect(attachments).toMatchObject([{ name: 'foto.png', mediaType: 'image/png', size: picture.length }, { name: 'foto.png', size: picture.length }]);
  for (const { id } of attachments) expect(Buffer.from(await (await files.get(id)).arrayBuffer()).equals(picture)).toBe(true);
  expect(await post({ attachments: [inBody] })).toMatchObject({ status: 202 });
});

it('repeated it is the same message, and nothing is fetched or stored again', async () => {
  const key = { externalMessageId: randomUUID(), from: '+3460001' };
  const first = await post({ attachments: [atUrl('/foto.png')] }, key);
  const before = fetched.length;
  expect(await post({ attachments: [atUrl('/foto.png')] }, key)).toEqual(first);
  expect(fetched).toHaveLength(before);
});

it.each<[string, () => object, number, string]>([
  ['that leads inside', () => ({ url: `http://localhost:${(receiver.url.match(/:(\d+)/) ?? [])[1]}/`, mediaType: 'image/png', name: 'x' }), 400, 'VALIDATION_FAILED'],
  ['of a cloud’s metadata', () => ({ url: 'http://169.254.169.254/latest/meta-data', mediaType: 'image/png', name: 'x' }), 400, 'VALIDATION_FAILED'],
  ['that is not there', () => atUrl('/nada'), 400, 'VALIDATION_FAILED'],
  ['of more than 40 MB', () => ({ ...atUrl('/grande'), mediaType: 'application/octet-stream' }), 413, 'PAYLOAD_TOO_LARGE'],
  ['in disguise', () => ({ ...inBody, contentBase64: Buffer.from('<script>').toString('base64') }), 415, 'UNSUPPORTED_MEDIA'],
  ['with neither', () => ({ mediaType: 'image/png', name: 'x' }), 400, 'VALIDATION_FAILED'],
  ['with both', () => ({ ...inBody, url: 'http://example.com/' }), 400, 'VALIDATION_FAILED'],
  ['of another scheme', () => ({ url: 'file:///etc/passwd', mediaType: 'image/png', name: 'x' }), 400, 'VALIDATION_FAILED'],
])('a file %s is refused, and no conversation is opened for it', async (_, attachment, status, code) => {
  const from = `+34${randomUUID()}`;
  expect(await post({ text: 'hola', attachments: [attachment()] }, { from })).toMatchObject({ status, body: { code } });
  expect((await ana.call(listConversations, { q: from })).items).toEqual([]);
});

it('a message of a customer who is blocked fetches nothing', async () => {
  const from = `+34${randomUUID()}`;
  const { conversationId } = (await post({ text: 'hola' }, { from })).body;
  const { customer } = await ana.call(getConversation, { conversationId });
  await ana.call(blockCustomer, { customerId: customer.id });
  const before = fetched.length;
  expect(await post({ attachments: [atUrl('/foto.png')] }, { from })).toMatchObject({ status: 422, body: { code: 'RULE_VIOLATED' } });
  expect(fetched).toHaveLength(before);
});

it('an unsigned message, or one of eleven files, fetches nothing', async () => {
  const before = fetched.length;
  expect(await post({ attachments: [atUrl('/foto.png')] }, { secret: other.secret })).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  expect(await post({ attachments: Array.from({ length: 11 }, () => atUrl('/foto.png')) })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect(await post({})).toMatchObject({ status: 400, body: { errors: [{ path: 'message.text' }] } });
  expect(fetched).toHaveLength(before);
});

it('an agent’s files reach the callback, and its system gets them with its signature', async () => {
  const { conversationId } = (await post({ text: 'hola' })).body;
  await ana.call(claimConversation, { conversationId });
  const attachment = await files.upload();
  await ana.call(sendMessage, { conversationId, attachmentIds: [attachment.id] });
  await receiver.hasReceived(1);
  expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ conversationId, text: '', attachments: [attachment] });
  const get = ({ id, secret }: { id: string; secret: string }) => {
    const path = `/v1/channels/${id}/attachments/${attachment.id}`;
    return fetch(`${system.gatewayUrl()}${path}`, { headers: { 'x-relevo-signature': `sha256=${createHmac('sha256', secret).update(path).digest('hex')}` } });
  };
  const response = await get(channel);
  expect(response.status).toBe(200);
  expect(Buffer.from(await response.arrayBuffer()).equals(picture)).toBe(true);
  expect((await get(other)).status).toBe(404);
  expect((await get({ ...channel, secret: other.secret })).status).toBe(401);
});
