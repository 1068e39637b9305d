import { randomUUID } from 'node:crypto';
import { startSystem, type System } from './support/system.js';
import { type Answer, type EntryShape, OutsideAgent, postInbound, times, upTo } from './support/outsider.js';

/** Two replicas of every service, asked through both gateways at once. */
let system: System;
let agents: OutsideAgent[];

beforeAll(async () => {
  system = await startSystem(2);
  agents = await Promise.all(system.agents.map((credentials) => OutsideAgent.signIn(system.gatewayUrls[0]!, credentials)));
});

afterAll(() => system?.stop());

const gateway = (index: number): string => system.gatewayUrls[index % system.gatewayUrls.length]!;

interface Changed {
  entry: EntryShape | null;
  conversation: { assigneeId: string };
}

it('20 first messages of one new customer at once: one customer, one conversation, 21 entries', async () => {
  const answers = await times(20, (index) => postInbound(gateway(index), system.channel, '+5491100', `mensaje ${index}`));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
  const ids = new Set(answers.map(({ body }) => body.conversationId));
  expect(ids.size).toBe(1);
  const [id] = ids;
  const entries = await agents[0]!.timeline(id!);
  expect(entries.map(({ seq }) => seq)).toEqual(upTo(21));
  expect(new Set(entries.slice(1).map(({ data }) => data.text)).size).toBe(20);
  const { body } = await agents[0]!.call<{ items: { id: string; customer: { id: string } }[] }>('GET', '/conversations?tray=unassigned&limit=100');
  expect(body.items.filter((conversation) => conversation.id === id)).toHaveLength(1);
});

it('the same commandId 50 times at once, over REST and sockets: one entry, 50 equal entries answered', async () => {
  const { body } = await postInbound(gateway(0), system.channel, '+5491101', 'hola');
  const conversationId = body.conversationId;
  const [ana] = agents;
  await ana!.call('POST', `/conversations/${conversationId}/claim`);
  await ana!.connect();
  const commandId = randomUUID();
  const answers = await times(50, async (index) => {
    if (index % 3 === 0) return (await ana!.emit<Changed>('message.send', { conversationId, commandId, text: 'una sola vez' })).data.entry;
    const { status, body: changed } = await ana!.at(gateway(index)).call<Changed>('POST', `/conversations/${conversationId}/messages`, { text: 'una sola vez' }, commandId);
    expect(status).toBe(200);
    return changed.entry;
  });
  ana!.disconnect();
  expect(new Set(answers.map((entry) => JSON.stringify(entry))).size).toBe(1);
  const said = (await ana!.timeline(conversationId)).filter(({ data }) => data.text === 'una sola vez');
  expect(said).toEqual([answers[0]]);
});

it('the same commandId with another body: CONFLICT', async () => {
  const { body } = await postInbound(gateway(0), system.channel, '+5491102', 'hola');
  const [ana] = agents;
  await ana!.call('POST', `/conversations/${body.conversationId}/claim`);
  const commandId = randomUUID();
  const send = (text: string) => ana!.call('POST', `/conversations/${body.conversationId}/messages`, { text }, commandId);
  expect(await send('uno')).toMatchObject({ status: 200 });
  expect(await send('dos')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
});

it('50 claims at once: one wins, the others learn who', async () => {
  const { body } = await postInbound(gateway(0), system.channel, '+5491103', 'hola');
  const answers = await times(50, (index) =>
    agents[index % agents.length]!.at(gateway(index)).call<Changed & { code?: string; details?: { assigneeId: string } }>('POST', `/conversations/${body.conversationId}/claim`),
  );
  const assigned = answers.filter(({ body: changed }) => changed.entry);
  expect(assigned).toHaveLength(1);
  const winner = assigned[0]!.body.conversation.assigneeId;
  const refused = (answer: Answer<{ code?: string }>) => answer.status === 409 && answer.body.code === 'ALREADY_ASSIGNED';
  // The winner's own further claims change nothing; everybody else's are refused.
  for (const answer of answers) {
    if (refused(answer)) expect(answer.body.details).toEqual({ assigneeId: winner });
    else expect(answer).toMatchObject({ status: 200, body: { conversation: { assigneeId: winner } } });
  }
  expect(answers.filter(refused).length).toBeGreaterThanOrEqual(32);
  expect((await agents[0]!.timeline(body.conversationId)).filter(({ type }) => type === 'assigned')).toHaveLength(1);
});
