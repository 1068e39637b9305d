import { AppError, type AgentView, type Audience, getConversation } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { Events } from './support/events.js';
import { eventually } from './support/eventually.js';
import type { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';

let system: System;
let events: Events;

beforeAll(async () => {
  system = await System.start(2);
  events = new Events(system.services);
  // As the owner: nobody of another workspace, and no agent of another team.
  system.services.answer(getConversation, async (request, { actor }) => {
    const { conversationId } = request as { conversationId: string };
    if (gates.has(conversationId)) {
      held += 1;
      await gates.get(conversationId);
    }
    const audience = audiences.get(conversationId);
    const isSeen = actor.kind === 'agent' && actor.workspaceId === 'sur' && audience && (actor.role !== 'agent' || audience.teamId === null || actor.teamIds.includes(audience.teamId) || audience.assigneeId === actor.id);
    if (!isSeen) throw new AppError('NOT_FOUND', 'No such conversation.');
    return { id: conversationId, seq: 0, ...audience };
  });
});
afterAll(() => system?.stop());

const audiences = new Map<string, Audience>();
/** Conversations whose owner takes its time. */
const gates = new Map<string, Promise<void>>();
let held = 0;

/** Questions for it are answered once that is called. */
function hold(conversationId: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gates.set(conversationId, promise);
  held = 0;
  return resolve;
}

function aConversation(audience: Audience = { teamId: 'ventas', assigneeId: null }): string {
  const id = newId();
  audiences.set(id, audience);
  return id;
}

const seller = (name: string): AgentView => system.services.hire(name, { teamIds: ['ventas'] });

/** Who has it open, as this client was told last. */
const shown = ({ heard }: LiveClient, conversationId: string): string[] => {
  const last = heard.findLast(({ name, payload }) => name === 'viewing' && payload.conversationId === conversationId);
  return ((last?.payload.agents ?? []) as { name: string }[]).map(({ name }) => name).sort();
};
const shows = (client: LiveClient, conversationId: string, names: string[]) => eventually(() => expect(shown(client, conversationId)).toEqual(names));

const opens = async (client: LiveClient, conversationId: string): Promise<void> => expect(await client.ask('viewing.start', { conversationId })).toEqual({ ok: true, data: {} });

it('agents who have a conversation open are told who else has, on every replica, until they close it', async () => {
  const conversationId = aConversation();
  const ana = await system.connect(seller('Ana'), { replica: 0 });
  const beto = await system.connect(seller('Beto'), { replica: 1 });
  await opens(ana, conversationId);
  await shows(ana, conversationId, ['Ana']);
  await opens(beto, conversationId);
  await Promise.all([ana, beto].map((client) => shows(client, conversationId, ['Ana', 'Beto'])));
  expect(ana.heard.findLast(({ name }) => name === 'viewing')?.payload).not.toHaveProperty('cursor');
  expect(await beto.ask('viewing.stop', { conversationId })).toEqual({ ok: true, data: {} });
  await shows(ana, conversationId, ['Ana']);
  // Whoever does not have it open any more is told nothing more of it.
  expect(shown(beto, conversationId)).toEqual(['Ana', 'Beto']);
});

it('an agent of several windows is one, until the last of them is closed', async () => {
  const conversationId = aConversation();
  const agent = seller('Ana');
  const [ana, again] = [await system.connect(agent, { replica: 0 }), await system.connect(agent, { replica: 1 })];
  const beto = await system.connect(seller('Beto'));
  for (const client of [ana, again, beto]) await opens(client, conversationId);
  await shows(beto, conversationId, ['Ana', 'Beto']);
  const before = beto.heard.length;
  ana.close();
  const caro = await system.connect(seller('Caro'));
  await opens(caro, conversationId);
  await shows(beto, conversationId, ['Ana', 'Beto', 'Caro']);
  expect(beto.heard.slice(before).filter(({ name }) => name === 'viewing').every(({ payload }) => JSON.stringify(payload).includes('Ana'))).toBe(true);
  again.close();
  await shows(beto, conversationId, ['Beto', 'Caro']);
});

it('a socket that dies without a word is gone within seconds', async () => {
  const conversationId = aConversation();
  const ana = await system.connect(seller('Ana'), { replica: 0 });
  const beto = await system.connect(seller('Beto'), { replica: 1 });
  await opens(ana, conversationId);
  await opens(beto, conversationId);
  await shows(ana, conversationId, ['Ana', 'Beto']);
  (beto.socket.io.engine.transport as unknown as { ws: { terminate(): void } }).ws.terminate();
  await shows(ana, conversationId, ['Ana']);
});

it('who was at a replica that fell silent is gone within seconds, and one that was missed is asked for all', async () => {
  const conversationId = aConversation();
  const ana = await system.connect(seller('Ana'));
  await opens(ana, conversationId);
  const replica = newId();
  const tell = (notice: object): void => system.services.say('live.gateway.viewing.notice', { replica, ...notice });
  const asked: string[] = [];
  const asking = system.services.nats.subscribe('live.gateway.viewing.ask', { callback: (_, message) => void asked.push(message.string()) });
  await system.services.nats.flush();
  const agents = [{ id: 'zoe', name: 'Zoe' }];
  tell({ version: 7, conversations: [{ conversationId, agents }] });
  await eventually(() => expect(asked).toContain(replica));
  tell({ version: 8, reset: true, conversations: [{ conversationId, agents }] });
  await shows(ana, conversationId, ['Ana', 'Zoe']);
  // No sign of life follows: it was killed.
  await shows(ana, conversationId, ['Ana']);
  asking.unsubscribe();
});

it('a replica that stops takes who was there along, and one that comes knows who is at the others', async () => {
  const conversationId = aConversation();
  const ana = await system.connect(seller('Ana'), { replica: 0 });
  const beto = await system.connect(seller('Beto'), { replica: 1 });
  await opens(ana, conversationId);
  await opens(beto, conversationId);
  await shows(ana, conversationId, ['Ana', 'Beto']);
  await system.restart(1);
  await shows(ana, conversationId, ['Ana']);
  const caro = await system.connect(seller('Caro'), { replica: 1 });
  await opens(caro, conversationId);
  await Promise.all([ana, caro].map((client) => shows(client, conversationId, ['Ana', 'Caro'])));
});

it('an agent who leaves before their question is answered does not have it open, unless they come back', async () => {
  const beto = await system.connect(seller('Beto'), { replica: 1 });
  for (const comesBack of [false, true]) {
    const conversationId = aConversation();
    const release = hold(conversationId);
    const ana = await system.connect(seller('Ana'));
    const questions = [ana.ask('viewing.start', { conversationId })];
    expect(await ana.ask('viewing.stop', { conversationId })).toMatchObject({ ok: true });
    if (comesBack) questions.push(ana.ask('viewing.start', { conversationId }));
    release();
    expect(await Promise.all(questions)).toEqual(questions.map(() => ({ ok: true, data: {} })));
    await opens(beto, conversationId);
    const caro = await system.connect(seller('Caro'));
    await opens(caro, conversationId);
    // Told by Ana's own replica, which told at once what it knew of her.
    await shows(beto, conversationId, comesBack ? ['Ana', 'Beto', 'Caro'] : ['Beto', 'Caro']);
  }
});

describe('whoever may not see a conversation', () => {
  it('and asks for it at that moment stands in the way of nobody who may', async () => {
    const conversationId = aConversation();
    const release = hold(conversationId);
    const stranger = await system.connect(system.services.hire('Vecina', { role: 'admin' }, 'norte'));
    const ana = await system.connect(seller('Ana'));
    const strange = stranger.ask('viewing.start', { conversationId });
    await eventually(() => expect(held).toBe(1));
    const own = ana.ask('viewing.start', { conversationId });
    await eventually(() => expect(held).toBe(2));
    release();
    expect(await own).toEqual({ ok: true, data: {} });
    expect(await strange).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    await shows(ana, conversationId, ['Ana']);
    expect(stranger.heard.filter(({ name }) => name === 'viewing')).toEqual([]);
  });

  it('cannot open it, and is told nothing', async () => {
    const conversationId = aConversation();
    const ana = await system.connect(seller('Ana'));
    const clients = [
      await system.connect(system.services.hire('Soporte', { teamIds: ['soporte'] })),
      await system.connect(system.services.hire('Vecino', { role: 'admin' }, 'norte'), { replica: 1 }),
    ];
    for (const client of clients.slice(0, 1)) expect(await client.ask('viewing.start', { conversationId })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    audiences.delete(conversationId);
    expect(await clients[1]!.ask('viewing.start', { conversationId })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    audiences.set(conversationId, { teamId: 'ventas', assigneeId: null });
    await opens(ana, conversationId);
    await shows(ana, conversationId, ['Ana']);
    expect(clients.flatMap(({ heard }) => heard.filter(({ name }) => name === 'viewing'))).toEqual([]);
    for (const body of [{}, { conversationId: 7 }, { conversationId, more: true }]) expect(await ana.ask('viewing.start', body)).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } });
  });

  it('is gone from it as soon as it is handed to another team', async () => {
    const conversationId = aConversation();
    const boss = await system.connect(system.services.hire('Jefa', { role: 'supervisor' }), { replica: 1 });
    const ana = await system.connect(seller('Ana'));
    for (const client of [boss, ana]) await opens(client, conversationId);
    await Promise.all([boss, ana].map((client) => shows(client, conversationId, ['Ana', 'Jefa'])));
    await events.moved({ teamId: 'ventas', assigneeId: null }, { teamId: 'soporte', assigneeId: null }, conversationId);
    await shows(boss, conversationId, ['Jefa']);
    const before = ana.heard.length;
    const soporte = await system.connect(system.services.hire('Soporte', { teamIds: ['soporte'] }));
    audiences.set(conversationId, { teamId: 'soporte', assigneeId: null });
    await opens(soporte, conversationId);
    await shows(boss, conversationId, ['Jefa', 'Soporte']);
    expect(ana.heard.slice(before).filter(({ name }) => name === 'viewing')).toEqual([]);
  });

  it('is gone from it as soon as they leave the team', async () => {
    const conversationId = aConversation();
    const agent = seller('Beto');
    const [ana, beto] = [await system.connect(seller('Ana')), await system.connect(agent, { replica: 1 })];
    for (const client of [ana, beto]) await opens(client, conversationId);
    await shows(ana, conversationId, ['Ana', 'Beto']);
    await system.services.change(agent, { teamIds: ['soporte'] });
    await shows(ana, conversationId, ['Ana']);
    await beto.hear('resync_required');
    expect(await beto.ask('viewing.start', { conversationId })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  it('is not let in by an owner that knew them as they were', async () => {
    const conversationId = aConversation();
    const ana = await system.connect(seller('Ana'));
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const slow = aConversation();
    audiences.set(slow, { teamId: 'ventas', assigneeId: null });
    system.services.answer(getConversation, async () => {
      asked.resolve();
      await answer.promise;
      return { id: slow, seq: 0, teamId: 'ventas', assigneeId: null };
    });
    const opening = ana.ask('viewing.start', { conversationId: slow });
    await asked.promise;
    await events.moved({ teamId: 'ventas', assigneeId: null }, { teamId: 'soporte', assigneeId: null }, slow);
    await ana.hear('conversation.removed', { conversationId: slow });
    answer.resolve();
    expect(await opening).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(shown(ana, conversationId)).toEqual([]);
  });
});

it('who opens one conversation after the other, at once, is held up, and can have ten open', async () => {
  system.services.answer(getConversation, (request) => Promise.resolve({ id: (request as { conversationId: string }).conversationId, seq: 1, teamId: null, assigneeId: null }));
  const client = await system.connect(seller('Ana'));
  const ids = Array.from({ length: 10 }, () => newId());
  for (const conversationId of ids) await opens(client, conversationId);
  // What is open already is not opened again.
  for (const conversationId of ids) await opens(client, conversationId);
  expect(await client.ask('viewing.start', { conversationId: newId() })).toMatchObject({ ok: false, error: { code: 'RULE_VIOLATED' } });
  const other = await system.connect(seller('Beto'));
  // At once: how long a machine takes for them must not matter. More than are let through, of which some meet "ten open" too.
  const answers = await Promise.all(Array.from({ length: 30 }, () => other.ask('viewing.start', { conversationId: newId() })));
  const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
  expect(refusals.find(({ code }) => code === 'RATE_LIMITED')).toMatchObject({ details: { retryAfterMs: 2_000 } });
});
