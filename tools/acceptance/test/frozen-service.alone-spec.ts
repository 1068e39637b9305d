import { eventually } from '@relevo/testing';
import { OutsideAgent, postInbound } from './support/outsider.js';
import { asInProduction, startSystem, type System } from './support/system.js';

let system: System;
let agent: OutsideAgent;

beforeAll(async () => {
  system = await startSystem({ conversations: 2 }, asInProduction);
  agent = await OutsideAgent.signIn(system.gatewayUrls[0]!, system.agents[0]!);
});

afterAll(() => system?.stop());

const conversations = [1, 2] as const;
const signal = (name: NodeJS.Signals, replicas: readonly number[]) => Promise.all(replicas.map((replica) => system.running.kill('conversations', replica, name)));

const list = async (): Promise<string> => {
  const { status, body } = await agent.call<{ code?: string }>('GET', '/conversations?tray=unassigned');
  return status === 200 ? 'OK' : (body.code ?? String(status));
};

/** As many as leave no doubt that none went to a replica that is frozen: each goes to any of those that subscribe. */
const lists = (): Promise<string[]> => Promise.all(Array.from({ length: 20 }, list));

/** NATS gives a client that answers no ping up within 4 s; whoever asked before waits for the answer as long as for any, 5 s. */
const noticedWithinMs = 30_000;

it('a frozen replica is given up: the other serves alone, until it wakes', async () => {
  await signal('SIGSTOP', [1]);
  await eventually(async () => expect(new Set(await lists())).toEqual(new Set(['OK'])), noticedWithinMs);
  await signal('SIGCONT', [1]);
  await signal('SIGSTOP', [2]);
  // Only the one that woke is left to answer.
  await eventually(async () => expect(new Set(await lists())).toEqual(new Set(['OK'])), noticedWithinMs);
  await signal('SIGCONT', [2]);
});

it('all replicas frozen: nobody waits for ever, then UNAVAILABLE at once; what is asked when they wake is answered', async () => {
  await signal('SIGSTOP', conversations);
  // The outcome of what had been sent is unknown.
  expect(['TIMEOUT', 'UNAVAILABLE']).toContain(await list());
  await eventually(async () => expect(new Set(await lists())).toEqual(new Set(['UNAVAILABLE'])), noticedWithinMs);
  // Not TIMEOUT: nothing is waited for any more.
  expect((await postInbound<{ code: string }>(system.gatewayUrls[0]!, system.channel, '+5491100', 'hola')).body.code).toBe('UNAVAILABLE');
  await signal('SIGCONT', conversations);
  await eventually(async () => expect(new Set(await lists())).toEqual(new Set(['OK'])), noticedWithinMs);
});
