import { newId } from '@relevo/platform';
import { eventually, Receiver } from '@relevo/testing';
import type { mongo } from 'mongoose';
import { ChannelsConfig } from '../src/config.js';
import type { Delivery } from '../src/outbound/delivery.js';
import { System } from './system.js';

let system: System;
let receiver: Receiver;
let hanging: Receiver;

beforeAll(async () => {
  system = await System.start();
});

beforeEach(async () => {
  [receiver, hanging] = await Promise.all([Receiver.start(), Receiver.start()]);
  system.others.deliveries = [];
});

afterEach(() => Promise.all([receiver.stop(), hanging.stop()]));
afterAll(() => system?.stop());

const deliveries = (): mongo.Collection<Delivery> => system.replicas.database.collection<Delivery>('deliveries');

const seqsOf = ({ received }: Receiver): number[] => received.map(({ body }) => (JSON.parse(body) as { seq: number }).seq);

/** Once a replica took it, and put it back to wait its turn. */
const heldBack = (conversationId: string, seq: number): Promise<void> =>
  eventually(async () => {
    const delivery = await deliveries().findOne({ _id: `${conversationId}:${seq}` });
    const pause = (delivery?.nextAt?.getTime() ?? 0) - (delivery?.createdAt.getTime() ?? 0);
    // A lease is longer than 20 s.
    if (pause <= 0 || pause > 20_000) throw new Error(`not held back: ${JSON.stringify(delivery)}`);
  });

it('posts a message after the one before it, though its event was handled first', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const conversationId = newId();
  await system.publish(channel.id, conversationId, 7, { previousReplySeq: 6 });
  await heldBack(conversationId, 7);
  await system.publish(channel.id, conversationId, 6, { previousReplySeq: 5 });
  await heldBack(conversationId, 6);
  expect(receiver.received).toEqual([]);
  await system.publish(channel.id, conversationId, 5);
  await system.others.hasBeenTold(3);
  expect(seqsOf(receiver)).toEqual([5, 6, 7]);
});

it('does not wait for ever for a message that has no delivery', async () => {
  const channel = await system.aChannel({ callbackUrl: receiver.url });
  const conversationId = newId();
  const past = new Date(Date.now() - 15_000);
  await deliveries().insertOne({
    _id: `${conversationId}:6`,
    workspaceId: 'sur',
    channelId: channel.id,
    conversationId,
    seq: 6,
    previousReplySeq: 5,
    body: '{"seq":6}',
    status: 'pending',
    attempts: 0,
    lastError: null,
    createdAt: past,
    nextAt: past,
    settledAt: null,
  });
  await system.others.hasBeenTold(1);
  expect(seqsOf(receiver)).toEqual([6]);
});

it('posts to the others while a receiver hangs, with many messages to it due', async () => {
  await system.replicas.close(...system.replicas.apps);
  // Longer than the test: no post ends before the receiver speaks.
  const patient = { CALLBACK_TIMEOUT_MS: '60000' };
  const perChannel = 4;
  const [one] = await Promise.all([system.replicas.another(patient), system.replicas.another(patient)]);
  expect(one.get(ChannelsConfig).DELIVERY_CHANNEL_CONCURRENCY).toBe(perChannel);
  hanging.silent = true;
  const [stuck, free] = [await system.aChannel({ callbackUrl: hanging.url }), await system.aChannel({ callbackUrl: receiver.url })];
  await Promise.all(Array.from({ length: 50 }, () => system.publish(stuck.id, newId(), 3)));
  await eventually(async () => expect(await deliveries().countDocuments({ channelId: stuck.id, status: 'pending' })).toBe(50));
  await hanging.hasReceived(2 * perChannel);

  await system.publish(free.id, newId(), 3);
  await receiver.hasReceived(1);
  expect(hanging.received).toHaveLength(2 * perChannel);
  expect(await deliveries().countDocuments({ channelId: stuck.id, status: 'pending', attempts: 0 })).toBe(50);

  hanging.speak();
  await system.others.hasBeenTold(51);
  expect(new Set(hanging.received.map(({ headers }) => headers['x-relevo-delivery'])).size).toBe(50);
  expect(hanging.received).toHaveLength(50);
});
