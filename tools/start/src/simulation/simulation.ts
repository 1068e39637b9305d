import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@relevo/contracts';
import { UsageError } from '../command/arguments.js';
import { ApiClient } from '../client/api-client.js';
import type { DemoAccount, DemoFile } from '../demo/demo-file.js';
import { customersWrite, messageKey } from './customers.js';
import { SimulatedAgent } from './simulated-agent.js';
import type { SimulationArguments } from './simulation-arguments.js';
import type { Tally } from './tally.js';

/** What was accepted is seen live by then, or counts as missing. */
const settleMs = 5_000;
const pollMs = 50;

/** A customer's life in the demo's first workspace, until it is over or somebody stops it. */
export async function simulate(demo: DemoFile, { rate, minutes }: SimulationArguments, tally: Tally, signal: AbortSignal): Promise<void> {
  const [gateway, ...otherGateways] = demo.gatewayUrls;
  const [channel, ...otherChannels] = demo.channels;
  const observer = demo.agents.find(({ role }) => role !== 'agent');
  if (gateway === undefined || channel === undefined || observer === undefined) throw new UsageError('The demo has no gateway, no channel or no supervisor.');
  // Agents go on until their customers' last messages were seen.
  const over = new AbortController();
  const team = await Promise.all(
    demo.agents.map(async (account, index) => {
      const client = await signedIn(demo.gatewayUrls[index % demo.gatewayUrls.length] ?? gateway, account);
      // Whoever sees everything tells when a message arrived.
      const watch = account === observer ? seenBy(tally) : undefined;
      const agent = new SimulatedAgent(client, tally, over.signal, watch);
      await agent.start();
      return agent;
    }),
  );
  try {
    const messages = Math.ceil(rate * minutes * 60);
    await customersWrite({ gatewayUrls: [gateway, ...otherGateways], channels: [channel, ...otherChannels], rate, messages }, tally, signal);
    const deadline = performance.now() + settleMs;
    while (tally.arrivals.missing > 0 && performance.now() < deadline) await delay(pollMs);
  } finally {
    over.abort();
    for (const agent of team) agent.stop();
  }
}

async function signedIn(gatewayUrl: string, account: DemoAccount): Promise<ApiClient> {
  try {
    return await ApiClient.login(gatewayUrl, account);
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== 'UNAVAILABLE' && error.code !== 'UNAUTHENTICATED')) throw error;
    throw new UsageError(`${account.email} cannot sign in at ${gatewayUrl} (${error.message}): is the demo's "npm start" running?`);
  }
}

const seenBy =
  (tally: Tally): ConstructorParameters<typeof SimulatedAgent>[3] =>
  ({ conversationId, seq, entry }) => {
    if (entry.type === 'message' && entry.actor.kind === 'customer') tally.arrivals.wasSeen(messageKey(conversationId, seq), performance.now());
  };
