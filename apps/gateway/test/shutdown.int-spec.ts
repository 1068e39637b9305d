import { claimConversation } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { eventually } from './support/eventually.js';
import { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';

let system: System;

beforeEach(async () => {
  system = await System.start(2);
});

afterEach(() => system?.stop());

it('a replica that stops answers what it is asked, takes no new sockets, and lets its own go to another', async () => {
  const ana = system.services.hire('ana');
  const token = await system.tokenOf(ana);
  const client = await system.connect(ana, { token });
  const reply = Promise.withResolvers<object>();
  const bothAsked = Promise.withResolvers<void>();
  let asked = 0;
  system.services.answer(claimConversation, () => {
    if (++asked === 2) bothAsked.resolve();
    return reply.promise;
  });
  const ack = client.ask('conversation.claim', { conversationId: 'c1', commandId: newId() });
  const answer = system.rest('POST', '/v1/conversations/c1/claim', { token });
  const ended = client.ended();
  await bothAsked.promise;
  const closed = system.gateways[0]!.close();

  await eventually(async () => expect(await system.rest('GET', '/readyz')).toMatchObject({ status: 503, json: { details: { stopping: 'it stops', nats: 'ok' } } }));
  // A load balancer that has not looked yet harms nobody.
  const [late, refusal] = await Promise.all([system.rest('GET', '/v1/me', { token }), LiveClient.refusal(system.url, { token })]);
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
  // As a connection, not with a `data.code`, so that clients try again by themselves.
  expect(refusal.data).toBeUndefined();
  expect(client.socket.connected).toBe(true);

  reply.resolve({ done: true });
  expect(await ack).toEqual({ ok: true, data: { done: true } });
  expect(await answer).toMatchObject({ status: 200, json: { done: true } });
  // Not "io server disconnect", after which clients do not come back by themselves.
  expect(await ended).toBe('transport close');
  await closed;
  await expect(fetch(`${system.url}/healthz`)).rejects.toThrow();
  const again = await system.connect(ana, { token, replica: 1, cursor: client.cursor });
  expect(await again.hear('ready')).toMatchObject({ resumed: true });
});

it('lets its sockets go in no order of theirs, and does not wait for one that does not read', async () => {
  const ana = system.services.hire('ana');
  const token = await system.tokenOf(ana);
  const clients = await Promise.all(Array.from({ length: 100 }, () => system.connect(ana, { token })));
  const deaf = await system.connect(ana, { token });
  (deaf.socket.io.engine as unknown as { transport: { ws: { pause(): void } } }).transport.ws.pause();
  const gone: number[] = [];
  const ended = clients.map(async (client, index) => {
    expect(await client.ended()).toBe('transport close');
    gone.push(index);
  });
  await system.gateways[0]!.close();
  await Promise.all(ended);
  // At random times; over how long, and how long a goodbye is waited for, is in drain.spec.
  expect(gone).not.toEqual(gone.toSorted((one, other) => one - other));
  deaf.close();
});
