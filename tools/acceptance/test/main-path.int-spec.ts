import { eventually } from '@relevo/testing';
import { OutsideAgent, postInbound, upTo } from './support/outsider.js';
import { startSystem, type System } from './support/system.js';

let system: System;

beforeAll(async () => {
  system = await startSystem(1);
});

afterAll(() => system?.stop());

it('a customer writes, an agent sees it live, claims, answers, notes and closes; a colleague sees all of it live', async () => {
  const [url] = system.gatewayUrls;
  const [ana, beto] = await Promise.all(system.agents.slice(0, 2).map((credentials) => OutsideAgent.signIn(url!, credentials)));
  await Promise.all([ana!.connect(), beto!.connect()]);
  const text = '¿Tienen envíos?\n👩🏽‍🚀 ¡Gracias!';
  const inbound = await postInbound(url!, system.channel, '+34600111222', text);
  expect(inbound).toMatchObject({ status: 202, body: { seq: 2 } });
  const { conversationId } = inbound.body;
  const seenBy = (agent: OutsideAgent) => agent.live.filter((event) => event.conversationId === conversationId);
  await eventually(() => expect(seenBy(ana!).at(-1)).toMatchObject({ seq: 2, entry: { type: 'message', data: { text } }, conversation: { tray: 'unassigned' } }));

  expect(await ana!.emit('conversation.claim', { conversationId, commandId: 'claim-0001' })).toMatchObject({ ok: true });
  expect(await ana!.call('POST', `/conversations/${conversationId}/messages`, { text: 'Sí', seenSeq: 3 })).toMatchObject({ status: 200 });
  expect(await beto!.call('POST', `/conversations/${conversationId}/messages`, { text: 'también' })).toMatchObject({ status: 403, body: { code: 'NOT_ASSIGNEE' } });
  expect(await ana!.emit('note.add', { conversationId, commandId: 'note-00001', text: 'clienta habitual' })).toMatchObject({ ok: true });
  expect(await ana!.call('POST', `/conversations/${conversationId}/close`)).toMatchObject({ status: 200, body: { conversation: { status: 'closed' } } });

  const entries = await ana!.timeline(conversationId);
  expect(entries.map(({ seq, type }) => `${seq} ${type}`)).toEqual(['1 opened', '2 message', '3 assigned', '4 message', '5 note', '6 closed']);
  for (const agent of [ana!, beto!]) {
    await eventually(() => expect(seenBy(agent).map(({ seq }) => seq)).toEqual(upTo(6)));
    expect(seenBy(agent).map(({ entry }) => entry)).toEqual(entries);
    agent.disconnect();
  }
});
