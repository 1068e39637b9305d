import type { NatsConnection } from '@nats-io/transport-node';
import { receiveVisitorMessage, sendMessage } from '@relevo/contracts';
import { NATS_CONNECTION, RateLimits } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { eventually } from './support/eventually.js';
import { type Answer, System } from './support/system.js';
import { Visitors } from './support/visitors.js';

/** Nothing comes back while a test runs, so that counts are exact; a test whose agent waits says so. */
const burst = 12;
let system: System;
let visitors: Visitors;

beforeAll(async () => {
  system = await System.start(2, { SENDS_PER_SECOND: '0.001', SENDS_BURST: String(burst), VISITOR_SENDS_PER_SECOND: '2', VISITOR_SENDS_BURST: '3', VISITS_PER_SECOND: '0.001', VISITS_BURST: '5', TRUSTED_PROXIES: '127.0.0.1' });
  visitors = new Visitors(system);
  await known(2);
  system.gateways.forEach(bePatient);
});

afterAll(async () => {
  visitors?.close();
  await system?.stop();
});

/** An owner that a busy machine keeps waiting is not gone: what is counted is whom it lets through. */
function bePatient(gateway: System['gateways'][number]): { mockRestore: () => void } {
  const nats = gateway.get<NatsConnection>(NATS_CONNECTION);
  const ask = nats.request.bind(nats);
  return jest.spyOn(nats, 'request').mockImplementation((subject, payload, options) => ask(subject, payload, { ...options, timeout: 60_000 }));
}

/** Waits until all replicas know of each other. */
const known = (count: number): Promise<void> =>
  eventually(() => Promise.resolve(expect(system.gateways.map((gateway) => gateway.get(RateLimits).replicas)).toEqual(Array(count).fill(count))));

const codeOf = ({ status, json }: Answer): string => (status < 300 ? 'ok' : String(json.code));
const count = (codes: readonly string[], code: string): number => codes.filter((each) => each === code).length;
const send = (token: string, replica: number, what = 'messages', commandId = newId()): Promise<Answer> =>
  system.rest('POST', `/v1/conversations/c1/${what}`, { token, replica, body: { text: 'hola' }, headers: { 'idempotency-key': commandId } });
const arrived = (subject: string, agentId: string): number => system.services.received.filter((each) => each.subject === subject && each.caller.actor.id === agentId).length;

it('an agent’s sends are counted over all replicas, REST and sockets, messages and notes alike', async () => {
  // Several, so that each replica owns some of them.
  for (const name of ['ana', 'beto', 'carla', 'dora']) {
    const agent = system.services.hire(name);
    const token = await system.tokenOf(agent);
    const socket = await system.connect(agent, { replica: 1, token });
    const overSocket = async (): Promise<string> => {
      const ack = (await socket.ask('message.send', { conversationId: 'c1', text: 'hola', commandId: newId() })) as { ok: boolean; error?: { code: string } };
      return ack.ok ? 'ok' : ack.error!.code;
    };
    const codes = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 4 === 3 ? overSocket() : send(token, index % 2, index % 4 === 2 ? 'notes' : 'messages').then(codeOf))),
    );
    expect([count(codes, 'ok'), count(codes, 'RATE_LIMITED')]).toEqual([burst, 40 - burst]);
  }
});

it('is refused with the time to come back, and leaves nothing done', async () => {
  const ana = system.services.hire('ana');
  const token = await system.tokenOf(ana);
  await Promise.all(Array.from({ length: burst }, (_, index) => send(token, index % 2)));
  const before = arrived(sendMessage.subject, ana.id);
  const { status, headers, json } = await send(token, 0);
  const { retryAfterMs } = json.details as { retryAfterMs: number };
  expect({ status, code: json.code }).toEqual({ status: 429, code: 'RATE_LIMITED' });
  expect(headers.get('retry-after')).toBe(String(Math.ceil(retryAfterMs / 1000)));
  expect(arrived(sendMessage.subject, ana.id)).toBe(before);
  // Who they are and what they say come first; the others’ limits are their own.
  expect(await system.rest('POST', '/v1/conversations/c1/messages', { body: { text: 'hola' } })).toMatchObject({ status: 401 });
  expect(await system.rest('POST', '/v1/conversations/c1/messages', { token, body: { text: 7 } })).toMatchObject({ status: 400 });
  expect((await system.rest('GET', '/v1/conversations', { token })).status).toBe(200);
  expect((await send(await system.tokenOf(system.services.hire('beto')), 0)).status).toBe(200);
});

it('a visitor’s messages are counted likewise, and what was refused is taken later under its commandId', async () => {
  const [one, other] = [await visitors.connect({ userId: 'u1', userHash: 'proof of u1' }), await visitors.connect({ userId: 'u1', userHash: 'proof of u1', replica: 1 })];
  system.services.answer(receiveVisitorMessage, (request) => Promise.resolve({ ...request }));
  const say = (client: typeof one, commandId: string) => client.ask('message.send', { text: 'hola', commandId }) as Promise<{ ok: boolean; error?: { code: string; details: { retryAfterMs: number } } }>;
  const ids = Array.from({ length: 12 }, () => newId());
  const began = performance.now();
  const acks = await Promise.all(ids.map((id, index) => say(index % 2 ? one : other, id)));
  const given = acks.filter(({ ok }) => ok).length;
  expect(given).toBeGreaterThanOrEqual(3);
  expect(given).toBeLessThanOrEqual(3 + Math.ceil(((performance.now() - began) * 2) / 1000));
  const refused = acks.findIndex(({ ok }) => !ok);
  expect(acks[refused]!.error).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterMs: expect.any(Number) as number } });
  const taken = () => system.services.received.filter(({ subject, request }) => subject === receiveVisitorMessage.subject && (request as { commandId: string }).commandId === ids[refused]).length;
  expect(taken()).toBe(0);
  await eventually(async () => expect(await say(one, ids[refused]!)).toMatchObject({ ok: true }));
  expect(taken()).toBe(1);
});

it('visits of strangers are counted by address; whoever is known or vouched for comes in', async () => {
  const from = (address: string) => ({ options: { extraHeaders: { 'x-forwarded-for': address } } });
  const first = await visitors.connect(from('198.51.100.1'));
  for (let visit = 2; visit <= 5; visit++) await visitors.connect({ replica: visit % 2, ...from('198.51.100.1') });
  const refusal = await visitors.refusal({ channelId: 'web' }, from('198.51.100.1').options);
  expect(refusal.data).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterMs: expect.any(Number) as number } });
  await visitors.connect(from('198.51.100.2'));
  await visitors.connect({ visitorToken: (await first.hear('ready')).visitorToken, ...from('198.51.100.1') });
  await visitors.connect({ userId: 'u2', userHash: 'proof of u2', ...from('198.51.100.1') });
});

it('an owner that does not answer refuses nobody, and lets through one more burst at most', async () => {
  // It is heard, and says nothing.
  jest.restoreAllMocks();
  const deaf = jest.spyOn(system.gateways[1]!.get<{ answer(): void }>(RateLimits), 'answer').mockImplementation(() => undefined);
  try {
    for (const name of ['ana', 'beto', 'carla', 'dora']) {
      const token = await system.tokenOf(system.services.hire(name));
      const codes = (await Promise.all(Array.from({ length: 40 }, (_, index) => send(token, index % 2)))).map(codeOf);
      expect(count(codes, 'ok')).toBeGreaterThanOrEqual(burst);
      expect(count(codes, 'ok')).toBeLessThanOrEqual(2 * burst);
      expect(count(codes, 'ok') + count(codes, 'RATE_LIMITED')).toBe(40);
    }
  } finally {
    deaf.mockRestore();
  }
  await known(2);
});

it('a replica that stops owns nothing any more, and comes back', async () => {
  await system.restart(1);
  await known(2);
  system.gateways.forEach(bePatient);
  const token = await system.tokenOf(system.services.hire('ana'));
  const codes = (await Promise.all(Array.from({ length: 40 }, (_, index) => send(token, index % 2)))).map(codeOf);
  expect(count(codes, 'ok')).toBe(burst);
});
