import type { Server } from 'node:http';
import { claimConversation } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { System } from './support/system.js';

let system: System;

beforeAll(async () => {
  system = await System.start(2);
}, 120_000);

afterAll(() => system?.stop());

it('a replica that stops answers what it was asked, takes nobody new, and lets its sockets go to another', async () => {
  const ana = system.services.hire('ana');
  const token = await system.tokenOf(ana);
  const client = await system.connect(ana, { token });
  let finish: (reply: object) => void = () => undefined;
  const reply = new Promise<object>((resolve) => (finish = resolve));
  let asked = 0;
  const bothAsked = new Promise<void>((resolve) => {
    system.services.answer(claimConversation, () => {
      if (++asked === 2) resolve();
      return reply;
    });
  });
  const ack = client.ask('conversation.claim', { conversationId: 'c1', commandId: newId() });
  const answer = system.rest('POST', '/v1/conversations/c1/claim', { token });
  const ended = client.ended();
  await bothAsked;
  const closed = system.gateways[0]!.close();
  const server = system.gateways[0]!.getHttpServer() as Server;
  while (server.listening) await new Promise((resolve) => setImmediate(resolve));
  await expect(fetch(`${system.url}/healthz`)).rejects.toThrow();
  finish({ done: true });
  expect(await ack).toEqual({ ok: true, data: { done: true } });
  expect(await answer).toMatchObject({ status: 200, json: { done: true } });
  // Not "io server disconnect", after which clients do not come back by themselves.
  expect(await ended).toBe('transport close');
  await closed;
  const again = await system.connect(ana, { token, replica: 1 });
  expect(await again.hear('ready')).toMatchObject({ resumed: false });
});
