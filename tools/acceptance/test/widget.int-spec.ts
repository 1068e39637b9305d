import { createHmac, randomUUID } from 'node:crypto';
import { eventually, seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import { type Credentials, type EntryShape, OutsideAgent, times } from './support/outsider.js';
import { OutsideVisitor, type PublicEntryShape } from './support/visitor.js';

/** Stands in every text that no customer may see: of it no byte may reach them. */
const secret = `secreto-${randomUUID()}`;

let system: TestSystem;
let web: { id: string; secret: string };
let shop: { id: string; secret: string };
let ana: Credentials & { id: string };
let beto: Credentials & { id: string };
let agent: OutsideAgent;
const visitors: OutsideVisitor[] = [];

beforeAll(async () => {
  system = await startTestSystem({ replicas: { gateway: 2 } });
  const seeded = await seedWorkspace(system, { agents: { ana: { role: 'admin' }, beto: {} }, channels: { web: { kind: 'webchat' }, shop: { kind: 'webchat' } } });
  ({ web, shop } = seeded.channels);
  ({ ana, beto } = seeded.agents);
  agent = await OutsideAgent.signIn(system.gatewayUrl(2), ana);
  await agent.connect();
});

afterAll(async () => {
  agent?.disconnect();
  for (const visitor of visitors) visitor.close();
  await system?.stop();
});

async function visit(replica = 1, auth: Partial<Parameters<typeof OutsideVisitor.open>[1]> = {}): Promise<OutsideVisitor> {
  const visitor = await OutsideVisitor.open(system.gatewayUrl(replica), { channelId: web.id, ...auth });
  visitors.push(visitor);
  return visitor;
}

/** What a customer may see of a timeline, as agents have it. */
const publicPartOf = (timeline: readonly EntryShape[]) =>
  timeline.filter(({ type }) => ['opened', 'message', 'closed', 'delivery'].includes(type)).map(({ seq, type, data }) => ({ seq, type, text: data.text }));
const shownAs = (entries: readonly PublicEntryShape[]) => entries.map(({ seq, type, data }) => ({ seq, type, text: data.text }));

const command = async (path: string, body?: object): Promise<void> => expect(await agent.call('POST', path, body, randomUUID())).toMatchObject({ status: 200 });

it('a customer and agents talk over two replicas; of what is internal not one byte reaches the customer', async () => {
  const visitor = await visit();
  const tab = await visit(2, { visitorToken: visitor.ready.visitorToken });
  expect(visitor.ready).not.toHaveProperty('conversation');
  const written = await visitor.writes('¿Tienen envíos?\n👩🏽‍🚀');
  expect(written).toMatchObject({ seq: 2, type: 'message', visibility: 'public', actor: { kind: 'customer', name: '' }, data: { text: '¿Tienen envíos?\n👩🏽‍🚀', attachments: [] } });
  const { conversationId } = written;
  await eventually(() => expect(agent.live.find((event) => event.conversationId === conversationId && event.seq === 2)).toMatchObject({ entry: { data: written.data } }));

  const path = `/conversations/${conversationId}`;
  const tag = await agent.call<{ id: string }>('POST', '/tags', { name: secret }, randomUUID());
  await command(`${path}/claim`);
  await command(`${path}/notes`, { text: secret });
  await command(`${path}/messages`, { text: 'Sí' });
  expect(await agent.call('PUT', `${path}/tags/${tag.body.id}`)).toMatchObject({ status: 200 });
  await command(`${path}/transfer`, { agentId: beto.id, note: secret, force: true });
  await command(`${path}/messages`, { text: 'te paso con Beto' });
  await visitor.writes('gracias');
  await command(`${path}/close`);

  const expected = publicPartOf(await agent.timeline(conversationId));
  expect(expected.map(({ type, text }) => text ?? type)).toEqual(['opened', '¿Tienen envíos?\n👩🏽‍🚀', 'Sí', 'te paso con Beto', 'gracias', 'closed']);
  for (const each of [visitor, tab]) {
    await eventually(() => expect(shownAs(each.told)).toEqual(expected));
    expect(shownAs(each.entriesOf(conversationId))).toEqual(expected);
    expect(each.told.find(({ data }) => data.text === 'Sí')).toMatchObject({ actor: { kind: 'agent', name: 'ana' } });
  }
  // Who comes back finds the same in the history.
  const later = await visit(2, { visitorToken: visitor.ready.visitorToken });
  expect(later.entriesOf(conversationId)).toEqual(visitor.entriesOf(conversationId));
  expect(later.ready).not.toHaveProperty('conversation');

  const again = await visitor.writes('hola otra vez');
  expect(again.conversationId).not.toBe(conversationId);
  const second = await visit(1, { visitorToken: visitor.ready.visitorToken });
  expect(second.ready.conversation).toMatchObject({ id: again.conversationId, status: 'active', seq: again.seq });
  expect(second.entriesOf(conversationId)).toEqual(visitor.entriesOf(conversationId));

  for (const each of [visitor, tab, later, second]) {
    expect(each.received).toContain('te paso con Beto');
    for (const hidden of [secret, tag.body.id, ana.id, beto.id, 'assign', 'transferred', 'tray', 'team', '"note"', 'tagIds']) expect(each.received).not.toContain(hidden);
  }
});

it('a message that is sent again, at both replicas at once, is one message', async () => {
  const visitor = await visit();
  const tab = await visit(2, { visitorToken: visitor.ready.visitorToken });
  const commandId = randomUUID();
  const answers = await times(20, (index) => [visitor, tab][index % 2]!.writes('una vez', commandId));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await tab.ask('message.send', { text: 'otra cosa', commandId })).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  // The same id of somebody else is another message.
  const other = await (await visit()).writes('una vez', commandId);
  expect(other.conversationId).not.toBe(answers[0]!.conversationId);
  expect(publicPartOf(await agent.timeline(answers[0]!.conversationId)).map(({ type }) => type)).toEqual(['opened', 'message']);
});

it('first messages of one visitor, at both replicas at once, open one conversation', async () => {
  const visitor = await visit();
  const tab = await visit(2, { visitorToken: visitor.ready.visitorToken });
  const written = await times(20, (index) => [visitor, tab][index % 2]!.writes(`mensaje ${index}`));
  expect(new Set(written.map(({ conversationId }) => conversationId)).size).toBe(1);
  for (const each of [visitor, tab]) await eventually(() => expect(each.told.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1)));
});

it('a user of the site is known by its proof, and by nothing else', async () => {
  const userHash = createHmac('sha256', web.secret).update('42').digest('hex');
  const user = await visit(1, { userId: '42', userHash });
  const { conversationId } = await user.writes('soy yo');
  const elsewhere = await visit(2, { userId: '42', userHash });
  expect(shownAs(elsewhere.entriesOf(conversationId))).toEqual([{ seq: 1, type: 'opened' }, { seq: 2, type: 'message', text: 'soy yo' }]);
  const foreign = createHmac('sha256', shop.secret).update('42').digest('hex');
  const { visitorToken } = user.ready;
  for (const auth of [{ userId: '42', userHash: foreign }, { userId: '42' }, { userId: '43', userHash }, { channelId: shop.id, visitorToken }, { channelId: 'none' }]) {
    await expect(visit(1, auth)).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } });
  }
});

it('each is told that the other writes, and of a conversation that is not theirs nobody is', async () => {
  const [visitor, other] = [await visit(), await visit()];
  const colleague = await OutsideAgent.signIn(system.gatewayUrl(1), beto);
  await colleague.connect();
  try {
    const { conversationId } = await visitor.writes('¿hola?');
    const { conversationId: another } = await other.writes('hola');
    expect(await visitor.ask('typing', {})).toMatchObject({ ok: true });
    const written = { conversationId, actor: { kind: 'customer' } };
    for (const each of [agent, colleague]) await eventually(() => expect(each.typing).toEqual([expect.objectContaining({ ...written, actor: expect.objectContaining(written.actor) as unknown })]));
    // Beto sees it, but it is not his to answer: the customer is not told.
    expect(await colleague.emit('typing.start', { conversationId })).toMatchObject({ ok: true });
    await eventually(() => expect(agent.typing.at(-1)).toMatchObject({ conversationId, actor: { kind: 'agent', name: 'beto' } }));
    expect(await agent.emit('typing.start', { conversationId })).toMatchObject({ ok: true });
    expect(await agent.emit('typing.stop', { conversationId })).toMatchObject({ ok: true });
    expect(await agent.emit('typing.start', { conversationId: another })).toMatchObject({ ok: true });
    const shown = { conversationId, actor: { kind: 'agent', name: 'ana' } };
    await eventually(() => expect(visitor.typing).toEqual([shown, { ...shown, stopped: true }]));
    await eventually(() => expect(other.typing).toEqual([{ ...shown, conversationId: another }]));
    expect(await agent.emit('typing.start', { conversationId: 'none' })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  } finally {
    colleague.disconnect();
  }
});

it('a gateway that is killed costs its visitors nothing: they come back, and have it all', async () => {
  const visitor = await visit();
  const { conversationId } = await visitor.writes('¿sigue ahí?');
  await command(`/conversations/${conversationId}/claim`);
  const answers = async (from: number, to: number): Promise<void> => {
    for (let index = from; index < to; index++) {
      await command(`/conversations/${conversationId}/notes`, { text: secret });
      await command(`/conversations/${conversationId}/messages`, { text: `respuesta ${index}` });
    }
  };
  await answers(0, 5);
  // The agent goes on meanwhile, and after it.
  await Promise.all([system.running.kill('gateway', 1), answers(5, 15)]);
  await Promise.all([system.running.restart('gateway', 1), answers(15, 25)]);
  await eventually(() => expect(visitor.readies).toBeGreaterThan(1));
  await answers(25, 30);
  const expected = publicPartOf(await agent.timeline(conversationId));
  expect(expected).toHaveLength(32);
  await eventually(() => expect(shownAs(visitor.entriesOf(conversationId))).toEqual(expected));
  // Told live at most once each, and in order.
  const seqs = visitor.told.map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  expect(seqs.length).toBeLessThan(expected.length);
  expect(visitor.received).not.toContain(secret);
});
