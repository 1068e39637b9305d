import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { claimConversation, getTimeline } from '@relevo/contracts';
import { aMessage, type ApiClient, eventually, seedWorkspace, signatureOf, startTestSystem, type TestSystem } from '@relevo/testing';
import { type AttachmentShape, FileClient } from './support/files.js';
import type { EntryShape } from './support/outsider.js';
import { StoredFiles } from './support/stored-files.js';

/** What gateways leave of files when they are killed. */
let system: TestSystem;
let stored: StoredFiles;
let media: Server;
let channel: { id: string; secret: string };
let ana: ApiClient;
let files: Record<1 | 2, FileClient>;
/** Answers of the media server that the test goes on with. */
const slow: ServerResponse[] = [];

/** More than a busy machine keeps a process that renews four times as often from running. */
const leaseMs = 5_000;
/** Some pieces of a file's 255 kB. */
const content = Buffer.concat([Buffer.from([1, 0, 2]), randomBytes(900_000)]);
const half = content.length / 2;

beforeAll(async () => {
  media = createServer((request, response) => {
    if (request.url === '/entero') return void response.end(content);
    response.write(content.subarray(0, half));
    slow.push(response);
  });
  media.listen(0, '127.0.0.1');
  await once(media, 'listening');
  const host = `127.0.0.1:${(media.address() as AddressInfo).port}`;
  system = await startTestSystem({
    replicas: { gateway: 2 },
    serviceEnv: { gateway: { INBOUND_URL_HOSTS: host, UPLOAD_LEASE_SECONDS: String(leaseMs / 1000) }, scheduler: { REMOVE_UNUSED_FILES_INTERVAL_MS: '50' } },
  });
  const { agents, channels } = await seedWorkspace(system, { agents: { ana: {} }, channels: { api: {} } });
  channel = channels.api;
  ana = await system.login(agents.ana);
  files = { 1: await FileClient.signIn(system.gatewayUrl(1), agents.ana), 2: await FileClient.signIn(system.gatewayUrl(2), agents.ana) };
  stored = await StoredFiles.of(system);
});

afterAll(async () => {
  await stored?.close();
  await system?.stop();
  media?.close();
  media?.closeAllConnections();
});

interface Answered {
  readonly status: number;
  readonly body: { readonly conversationId: string; readonly seq: number; readonly code?: string };
}

/** A customer's message with a file at a URL, by a gateway. */
async function post(replica: 1 | 2, externalMessageId: string, path: string): Promise<Answered> {
  const { port } = media.address() as AddressInfo;
  const attachment = { url: `http://127.0.0.1:${port}${path}`, mediaType: 'application/octet-stream', name: 'datos.bin' };
  const body = JSON.stringify({ externalMessageId, sender: { externalId: `+34${externalMessageId}` }, message: { attachments: [attachment] } });
  const response = await fetch(`${system.gatewayUrl(replica)}/v1/channels/${channel.id}/inbound`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-relevo-signature': signatureOf(body, channel.secret) } });
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}

/** Until a file that was begun after these is on its way into the store. */
const begun = (known: readonly string[]): Promise<string> =>
  eventually(async () => {
    const found = await stored.uploads.findOne({ state: 'receiving', _id: { $nin: [...known] } });
    expect(found).not.toBeNull();
    return found!._id;
  });

async function attachmentsOf({ conversationId, seq }: Answered['body']): Promise<AttachmentShape[]> {
  const { items } = await ana.call(getTimeline, { conversationId });
  return ((items as EntryShape[]).find((entry) => entry.seq === seq)?.data as { attachments: AttachmentShape[] }).attachments;
}

const bytesOf = async (id: string): Promise<Buffer> => Buffer.from(await (await files[2].get(id)).arrayBuffer());

/** An upload of an agent's that never ends. */
function endless(replica: 1 | 2): void {
  const { accessToken } = ana.session;
  const request = httpRequest(`${system.gatewayUrl(replica)}/v1/attachments`, { method: 'POST', headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'multipart/form-data; boundary=b' } });
  request.on('error', () => undefined);
  request.write('--b\r\ncontent-disposition: form-data; name="file"; filename="x.bin"\r\ncontent-type: application/octet-stream\r\n\r\n');
  request.write(content);
}

async function killed(...replicas: (1 | 2)[]): Promise<void> {
  await Promise.all(replicas.map((replica) => system.running.kill('gateway', replica)));
  await Promise.all(replicas.map((replica) => system.running.restart('gateway', replica)));
}

it('a webhook’s file that a killed gateway was storing is stored anew by a repeat of the message, once, and nothing is left of the first time', async () => {
  const externalMessageId = randomUUID();
  const first = post(1, externalMessageId, '/lento').catch(() => null);
  const id = await begun([]);
  await eventually(async () => expect(await stored.pieces()).toBeGreaterThan(0));
  const restarted = killed(1);
  expect(await first).toBeNull();
  slow.splice(0).forEach((response) => response.destroy());
  const [answer, other] = await Promise.all(
    ([2, 2] as const).map((replica) =>
      eventually(async () => {
        const repeat = await post(replica, externalMessageId, '/entero');
        if (repeat.status !== 202) expect(repeat).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
        expect(repeat.status).toBe(202);
        return repeat;
      }),
    ),
  );
  await restarted;
  expect(other).toEqual(answer);
  expect(await post(1, externalMessageId, '/entero')).toEqual(answer);
  expect(await attachmentsOf(answer!.body)).toMatchObject([{ id, name: 'datos.bin', size: content.length }]);
  expect((await bytesOf(id)).equals(content)).toBe(true);
  expect(await stored.uploads.countDocuments()).toBe(1);
  expect(await stored.orphans()).toEqual([]);
  expect(await stored.pieces()).toBe(Math.ceil(content.length / (255 * 1024)));
});

it('a webhook’s file that is only slow is nobody else’s to store, however long it takes', async () => {
  const externalMessageId = randomUUID();
  const known = await stored.ids();
  const first = post(1, externalMessageId, '/lento');
  const id = await begun(known);
  const beganAt = (await stored.uploads.findOne({ _id: id }))!.touchedAt!.getTime();
  await eventually(async () => {
    expect(await post(2, externalMessageId, '/entero')).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect((await stored.uploads.findOne({ _id: id }))!.touchedAt!.getTime()).toBeGreaterThan(beganAt + leaseMs);
  });
  slow.splice(0).forEach((response) => response.end(content.subarray(half)));
  const { status, body } = await first;
  expect(status).toBe(202);
  expect(await post(2, externalMessageId, '/entero')).toEqual({ status, body });
  expect((await bytesOf(id)).equals(content)).toBe(true);
  expect(await stored.orphans()).toEqual([]);
});

it('gateways killed in the middle of uploads and of sweeps: no bytes are left of what is gone, and nothing that a message refers to is', async () => {
  const { conversationId } = await system.receive(channel, aMessage({ from: '+34600' }));
  await ana.call(claimConversation, { conversationId });
  const sent = await Promise.all(Array.from({ length: 6 }, () => files[2].upload(content, { name: 'datos.bin', type: 'application/octet-stream' })));
  await files[2].send(conversationId, { attachmentIds: sent.map(({ id }) => id) });

  /** How often a kill found a sweep at work. */
  let hits = 0;
  for (let round = 0; hits < 2; round += 1) {
    expect(round).toBeLessThan(20);
    const unsent: string[] = [];
    for (let batch = 0; batch < 5; batch += 1) {
      const uploaded = await Promise.all(Array.from({ length: 5 }, () => files[2].upload(content.subarray(0, 300_000), { name: 'x.bin', type: 'application/octet-stream' })));
      unsent.push(...uploaded.map(({ id }) => id));
    }
    const before = await stored.ids();
    endless(1);
    endless(2);
    await eventually(async () => expect(await stored.uploads.countDocuments({ state: 'receiving', _id: { $nin: before } })).toBe(2));
    const left = (): Promise<number> => stored.uploads.countDocuments({ _id: { $in: unsent }, state: 'stored' });
    await stored.age(25, unsent);
    while ((await left()) === unsent.length);
    await killed(1, 2);
    if ((await stored.uploads.countDocuments({ _id: { $in: unsent } })) > 0) hits += 1;
  }

  await eventually(async () => {
    await stored.age(25);
    expect(await stored.uploads.countDocuments({ binding: null })).toBe(0);
  });
  expect(await stored.orphans()).toEqual([]);
  for (const { id } of sent) expect((await bytesOf(id)).equals(content)).toBe(true);
}, 600_000);
