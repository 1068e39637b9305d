import { newId } from '@relevo/platform';
import { eventually, Receiver } from '@relevo/testing';
import { signatureOf } from '../src/channels/signature.js';
import type { Delivery } from '../src/outbound/delivery.js';
import { System } from './system.js';

let system: System;
let receiver: Receiver;

beforeAll(async () => {
  system = await System.start();
});

beforeEach(async () => {
  receiver = await Receiver.start();
  system.others.deliveries = [];
});

afterEach(() => receiver.stop());
afterAll(() => system?.stop());

const deliveryOf = (conversationId: string, seq: number): Promise<Delivery | null> =>
  system.replicas.database.collection<Delivery>('deliveries').findOne({ _id: `${conversationId}:${seq}` });

/** Once the collection says so. */
const settled = (conversationId: string, seq: number): Promise<Delivery> =>
  eventually(async () => {
    const delivery = await deliveryOf(conversationId, seq);
    if (!delivery?.settledAt) throw new Error(`not settled: ${JSON.stringify(delivery)}`);
    return delivery;
  });

const told = (): unknown[] => system.others.deliveries.map(({ request }) => request);

it('posts an agent’s message, signed, until the receiver takes it; then tells the conversation', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const conversationId = newId();
  receiver.answers = [{ status: 500 }, { status: 503 }];
  await system.publish(channel.id, conversationId, 3);
  await system.others.hasBeenTold(1);
  expect(receiver.received).toHaveLength(3);
  for (const { body, headers } of receiver.received) {
    expect(JSON.parse(body)).toEqual({
      type: 'message',
      conversationId,
      seq: 3,
      externalId: '+541',
      text: '¿qué tal? 3 👋',
      at: '2026-03-01T10:00:00.000Z',
      author: { name: 'Ana' },
    });
    expect(headers['x-relevo-signature']).toBe(signatureOf(body, channel.secret));
    expect(headers['x-relevo-delivery']).toBe(`${conversationId}:3`);
  }
  expect(told()).toEqual([{ conversationId, ofSeq: 3, status: 'sent' }]);
  expect(system.others.deliveries[0]?.caller.actor).toEqual({ kind: 'channel', workspaceId: 'sur', id: channel.id });
  expect(await settled(conversationId, 3)).toMatchObject({ status: 'sent', attempts: 3, lastError: null, body: null, nextAt: null });
});

it.each(['http://10.0.0.1/', 'http://169.254.169.254/latest/meta-data', 'https://[::1]:4222/', 'http://[::ffff:10.0.0.1]/', 'http://localhost.:27017/', 'http://user:word@example.com/'])('has no callback at %s', async (callbackUrl) => {
  await expect(system.aChannel({ callbackUrl })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'callbackUrl' }] });
});

it('posts what agents write, nobody else', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const conversationId = newId();
  await system.publish(channel.id, conversationId, 2, { author: { kind: 'customer', name: 'Lucía' } });
  await system.publish(channel.id, conversationId, 3, { author: { kind: 'bot', name: 'Bot' } });
  await system.publish(channel.id, conversationId, 4);
  await system.others.hasBeenTold(1);
  expect(receiver.received.map(({ body }) => (JSON.parse(body) as { seq: number }).seq)).toEqual([4]);
  expect(await deliveryOf(conversationId, 2)).toBeNull();
});

it('posts the messages of one conversation in their order, whichever replica has them', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const conversationId = newId();
  receiver.answers = [{ status: 500 }];
  for (let seq = 2; seq <= 9; seq += 1) await system.publish(channel.id, conversationId, seq, { previousReplySeq: seq === 2 ? null : seq - 1 });
  await system.others.hasBeenTold(8);
  const seqs = receiver.received.map(({ body }) => (JSON.parse(body) as { seq: number }).seq);
  expect(seqs).toEqual([2, 2, 3, 4, 5, 6, 7, 8, 9]);
});

it('posts each of many messages once, with two replicas at it', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const ids = Array.from({ length: 50 }, () => newId());
  await Promise.all(ids.map((id) => system.publish(channel.id, id, 3)));
  await system.others.hasBeenTold(ids.length);
  const posted = receiver.received.map(({ headers }) => headers['x-relevo-delivery']);
  expect(posted.sort()).toEqual(ids.map((id) => `${id}:3`).sort());
});

it('takes over what a killed replica had in hand once its lease is over', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const [posting, telling] = [newId(), newId()];
  const past = new Date(Date.now() - 60_000);
  const left = { workspaceId: 'sur', channelId: channel.id, seq: 3, previousReplySeq: null, body: '{}', attempts: 0, lastError: null, createdAt: past, nextAt: past, settledAt: null };
  await system.replicas.database.collection<Delivery>('deliveries').insertMany([
    { ...left, _id: `${posting}:3`, conversationId: posting, status: 'pending' },
    { ...left, _id: `${telling}:3`, conversationId: telling, status: 'accepted', attempts: 1 },
  ]);
  await system.others.hasBeenTold(2);
  expect(await settled(posting, 3)).toMatchObject({ status: 'sent', attempts: 1 });
  expect(await settled(telling, 3)).toMatchObject({ status: 'sent', attempts: 1 });
  expect(receiver.received.map(({ headers }) => headers['x-relevo-delivery'])).toEqual([`${posting}:3`]);
});

it('does not follow a redirect, and waits for no answer for ever', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const conversationId = newId();
  receiver.answers = [{ status: 307, headers: { location: '/elsewhere' } }];
  await system.publish(channel.id, conversationId, 3);
  await system.others.hasBeenTold(1);
  expect(receiver.received.map(({ path }) => path)).toEqual(['/relevo', '/relevo']);
  receiver.silent = true;
  await system.publish(channel.id, conversationId, 4);
  await receiver.hasReceived(4);
  receiver.silent = false;
  expect(await settled(conversationId, 4)).toMatchObject({ status: 'sent' });
  // Whoever did not answer may have taken it: the same id lets them know it again.
  expect(new Set(receiver.received.slice(2).map(({ headers }) => headers['x-relevo-delivery'])).size).toBe(1);
});

it('tells the conversation when it can be told, and posts nothing again for that', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const conversationId = newId();
  system.others.unavailable = 1;
  await system.publish(channel.id, conversationId, 3);
  await system.others.hasBeenTold(1);
  expect(await settled(conversationId, 3)).toMatchObject({ status: 'sent', attempts: 1 });
  expect(receiver.received).toHaveLength(1);
});

it('goes on after a restart where it was, and gives up in the end', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const [kept, lost] = [newId(), newId()];
  receiver.answers = Array(100).fill({ status: 500 }) as { status: number }[];
  await system.publish(channel.id, kept, 3);
  await receiver.hasReceived(2);
  await system.replicas.close(...system.replicas.apps);
  receiver.answers = [];
  await system.replicas.another({ DELIVERY_GIVE_UP_MS: '600000' });
  expect(await settled(kept, 3)).toMatchObject({ status: 'sent' });

  const before = receiver.received.length;
  receiver.answers = Array(100).fill({ status: 500 }) as { status: number }[];
  await system.publish(channel.id, lost, 3);
  await receiver.hasReceived(before + 2);
  await system.replicas.close(...system.replicas.apps);
  await system.replicas.another({ DELIVERY_GIVE_UP_MS: '400' });
  const failed = await settled(lost, 3);
  expect(failed).toMatchObject({ status: 'failed', lastError: 'answered 500', body: null });
  expect(failed.attempts).toBeGreaterThan(1);
  expect(told()).toEqual([
    { conversationId: kept, ofSeq: 3, status: 'sent' },
    { conversationId: lost, ofSeq: 3, status: 'failed' },
  ]);
});

it('says of a voice message what the receiver will get: in Ogg where the channel wants that, once the gateway has it ready', async () => {
  const recorded = { id: 'v1', name: 'voz.webm', mediaType: 'audio/webm', size: 9, voice: { durationMs: 3000, peaks: [] } };
  const picture = { id: 'p1', name: 'foto.png', mediaType: 'image/png', size: 5 };
  const data = { text: 'oíme', attachments: [recorded, picture] };
  const [plain, ogg] = [await system.aChannel({ callbackUrl: receiver.url }), await system.aChannel({ callbackUrl: receiver.url, voiceFormat: 'ogg-opus' })];
  expect([plain.voiceFormat, ogg.voiceFormat]).toEqual([undefined, 'ogg-opus']);
  await system.publish(plain.id, newId(), 3, { data });
  await system.others.hasBeenTold(1);
  system.others.unprepared = 1;
  await system.publish(ogg.id, newId(), 3, { data });
  await system.others.hasBeenTold(2);
  const posted = receiver.received.map(({ body }) => JSON.parse(body) as { text: string; attachments: unknown });
  expect(posted).toMatchObject([data, { text: 'oíme', attachments: [{ ...recorded, name: `${ogg.id}.ogg`, mediaType: 'audio/ogg', size: 7 }, picture] }]);
  // Its signature is of what was posted.
  expect(receiver.received[1]!.headers['x-relevo-signature']).toBe(signatureOf(receiver.received[1]!.body, ogg.secret));
});

it('posts nothing to where a callback may not lead any more, says why, and gives up in the end', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  await system.replicas.close(...system.replicas.apps);
  await system.replicas.another({ CALLBACK_HOSTS: '10.0.0.0/8', DELIVERY_GIVE_UP_MS: '400' });
  const conversationId = newId();
  await system.publish(channel.id, conversationId, 3);
  expect(await settled(conversationId, 3)).toMatchObject({ status: 'failed', lastError: 'not asked: is not on the public internet' });
  expect(told()).toEqual([{ conversationId, ofSeq: 3, status: 'failed' }]);
  expect(receiver.received).toEqual([]);
});
