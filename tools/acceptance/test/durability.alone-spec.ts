import { randomUUID } from 'node:crypto';
import { eventually } from '@relevo/testing';
import { Load } from './support/load.js';
import { OutsideAgent, upTo } from './support/outsider.js';
import { asInProduction, startSystem, type System } from './support/system.js';

let system: System;
let agent: OutsideAgent;

beforeAll(async () => {
  system = await startSystem({ conversations: 2 }, asInProduction);
  agent = await OutsideAgent.signIn(system.gatewayUrls[0]!, system.agents[0]!);
  await agent.connect();
});

afterAll(async () => {
  agent?.disconnect();
  await system?.stop();
});

/** Kills at instants nobody chose: after a random number of further acknowledgements. */
const random = (): number => 1 + Math.floor(Math.random() * 25);

it('the conversations service killed 10 times under load, then the database: nothing acknowledged is lost or doubled', async () => {
  const load = new Load(system, agent, 12);
  load.start();
  for (let kill = 0; kill < 10; kill += 1) {
    await load.acknowledgedMore(random());
    // Sometimes one of the two, sometimes both at once.
    const replicas = kill % 3 === 2 ? [1, 2] : [1 + (kill % 2)];
    await Promise.all(replicas.map((replica) => system.running.kill('conversations', replica)));
    await Promise.all(replicas.map((replica) => system.running.restart('conversations', replica)));
  }
  await load.acknowledgedMore(random());
  await system.stack.database.kill();
  await system.stack.database.restart();
  await load.acknowledgedMore(50);
  await load.stop();

  expect(load.acknowledged.length).toBeGreaterThan(60);
  expect(load.repeats).toBeGreaterThan(0);
  const conversations = new Set(load.acknowledged.map(({ conversationId }) => conversationId));
  for (const conversationId of conversations) {
    const entries = await agent.timeline(conversationId);
    expect(entries.map(({ seq }) => seq)).toEqual(upTo(entries.length));
    const bySeq = new Map(entries.map((entry) => [entry.seq, entry.data.text]));
    const texts = entries.flatMap(({ data }) => (data.text === undefined ? [] : [data.text]));
    expect(new Set(texts).size).toBe(texts.length);
    for (const { seq, text } of load.acknowledged.filter((message) => message.conversationId === conversationId)) expect(bySeq.get(seq)).toBe(text);
    // Every event arrived at the socket that was there all the time: once each, in order.
    await eventually(() => {
      const live = agent.live.filter((event) => event.conversationId === conversationId);
      expect(live.map(({ seq }) => seq)).toEqual(upTo(entries.length));
    });
    const live = agent.live.filter((event) => event.conversationId === conversationId);
    expect(live.map(({ entry }) => entry)).toEqual(entries);
  }
  expect(await system.projectionDifferences()).toEqual([]);
}, 600_000);

it('a conversation is served again right after: claimed, answered, closed', async () => {
  const { conversationId } = await new Load(system, agent, 1).once(`+34${randomUUID()}`);
  for (const [path, body] of [['claim'], ['messages', { text: 'seguimos' }], ['close']] as const) {
    expect(await agent.call('POST', `/conversations/${conversationId}/${path}`, body)).toMatchObject({ status: 200 });
  }
});
