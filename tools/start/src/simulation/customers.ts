import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@relevo/platform';
import { type ChannelKey, postInbound } from '../client/inbound.js';
import { followUps, names, oneOf, questions } from './phrases.js';
import type { Tally } from './tally.js';

/** How many messages one customer writes on average; more messages mean more customers. */
const messagesEach = 6;
const fewestCustomers = 8;
/** More would measure this process instead of the system. */
const mostInFlight = 200;

interface SimulatedCustomer {
  readonly externalId: string;
  readonly name: string;
  readonly channel: ChannelKey;
  wrote: boolean;
}

export interface Crowd {
  readonly gatewayUrls: readonly [string, ...string[]];
  readonly channels: readonly [ChannelKey, ...ChannelKey[]];
  /** Messages a second. */
  readonly rate: number;
  /** How many messages there will be at most. */
  readonly messages: number;
}

export const messageKey = (conversationId: string, seq: number): string => `${conversationId}:${seq}`;

/** Customers write at an even rate until all is written or somebody stops them. What is under way at the end is waited for. */
export async function customersWrite({ gatewayUrls, channels, rate, messages }: Crowd, tally: Tally, signal: AbortSignal): Promise<void> {
  const run = newId().slice(0, 8);
  const people = Array.from({ length: Math.max(fewestCustomers, Math.ceil(messages / messagesEach)) }, (_, index): SimulatedCustomer => ({
    externalId: `simulated-${run}-${index + 1}`,
    name: oneOf(names),
    channel: oneOf(channels),
    wrote: false,
  }));
  const [first, ...others] = people;
  if (first === undefined) return;
  const inFlight = new Set<Promise<void>>();
  const startedAt = performance.now();
  for (let sent = 0; sent < messages && !signal.aborted; sent++) {
    // By the clock of the start, so that a slow moment is made up for and the rate holds.
    const waitMs = startedAt + (sent * 1000) / rate - performance.now();
    if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    if (inFlight.size >= mostInFlight) {
      tally.heldBack += 1;
      continue;
    }
    const writing = write(oneOf([first, ...others]), oneOf(gatewayUrls), tally).finally(() => inFlight.delete(writing));
    inFlight.add(writing);
  }
  await Promise.all(inFlight);
}

async function write(customer: SimulatedCustomer, gatewayUrl: string, tally: Tally): Promise<void> {
  const { externalId, name, channel } = customer;
  const text = customer.wrote ? oneOf(followUps) : oneOf(questions);
  customer.wrote = true;
  const postedAt = performance.now();
  try {
    const { conversationId, seq } = await postInbound(gatewayUrl, channel, { from: externalId, name, text });
    const acceptedAt = performance.now();
    tally.written += 1;
    tally.accepting.add(acceptedAt - postedAt);
    tally.arrivals.wasAccepted(messageKey(conversationId, seq), acceptedAt);
  } catch (error) {
    tally.failed(error);
  }
}
