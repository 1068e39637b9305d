import fc from 'fast-check';
import { afterPost, afterRecord, type Delivery, outcomeOf, pauseMs } from './delivery.js';

const start = new Date('2026-03-01T10:00:00Z');
const policy = { firstRetryMs: 1_000, giveUpAfterMs: 24 * 60 * 60 * 1_000 };

const aDelivery = (more: Partial<Delivery> = {}): Delivery => ({
  _id: 'c:3',
  workspaceId: 'sur',
  channelId: 'api',
  conversationId: 'c',
  seq: 3,
  previousReplySeq: null,
  body: '{}',
  status: 'pending',
  attempts: 0,
  lastError: null,
  createdAt: start,
  nextAt: new Date(start.getTime() + 30_000),
  settledAt: null,
  ...more,
});

it('tells the conversation once the receiver took it', () => {
  const progress = afterPost(aDelivery({ attempts: 2, lastError: 'answered 500' }), { error: null }, start, policy, 0.5);
  expect(progress).toEqual({ status: 'accepted', attempts: 3, lastError: null, nextAt: aDelivery().nextAt });
  expect(outcomeOf(progress)).toBe('sent');
});

it('waits longer after each failure, up to an hour', () => {
  expect([1, 2, 3, 4].map((failures) => pauseMs(failures, 1_000, 0.5))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(pauseMs(30, 1_000, 0.5)).toBe(60 * 60 * 1_000);
});

it('keeps to its pause within a tenth', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const pause = pauseMs(failures, 1_000, random);
      return pause >= 900 && pause <= 60 * 60 * 1_100;
    }),
  );
});

it('tries for about a day, some 35 times, then gives up', () => {
  let delivery = aDelivery();
  let at = start;
  while (delivery.status === 'pending') {
    delivery = { ...delivery, ...afterPost(delivery, { error: 'answered 500' }, at, policy, 0.5) };
    if (delivery.status === 'pending') at = delivery.nextAt ?? at;
  }
  const hours = (at.getTime() - start.getTime()) / 3_600_000;
  expect(hours).toBeGreaterThan(22.5);
  expect(hours).toBeLessThanOrEqual(24);
  expect(delivery.attempts).toBeGreaterThan(30);
  expect(delivery).toMatchObject({ status: 'refused', lastError: 'answered 500' });
  expect(outcomeOf(delivery)).toBe('failed');
});

it('forgets the message once it is over, and keeps why', () => {
  const over = afterRecord(aDelivery({ status: 'refused', attempts: 9, lastError: 'answered 500' }), 'failed', null, start);
  expect(over).toEqual({ status: 'failed', attempts: 9, lastError: 'answered 500', nextAt: null, body: null, settledAt: start });
});

it.each(['pending', 'sent', 'failed'] as const)('has nothing to tell while %s', (status) => {
  expect(outcomeOf({ status })).toBeNull();
});
