import { randomUUID } from 'node:crypto';
import { type ConversationView, type Entry } from '@relevo/contracts';
import { ApiClient, type ChannelKey, eventually, postInbound, seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import { readLists, readTimeline } from './soak/reading.js';
import { persist, ReturningAgent } from './support/returning-agent.js';

/** Logging in is slow on purpose: few agents with many frontends each, of every sight there is. */
const socketsEach = 40;
const patienceMs = 60_000;

let system: TestSystem;
let channels: ChannelKey[];
/** Each agent at both gateways. */
let people: Record<string, ApiClient[]>;
let agents: ReturningAgent[];

beforeAll(async () => {
  // Five agents write as fast as they are answered, and a faster machine would meet the limits of people.
  const unlimited = { SENDS_PER_SECOND: '1000000', SENDS_BURST: '1000000', INBOUND_PER_SECOND: '1000000', INBOUND_BURST: '1000000' };
  system = await startTestSystem({ replicas: { gateway: 2 }, env: unlimited });
  const workspace = await seedWorkspace(system, {
    teams: ['ventas', 'soporte'],
    agents: { boss: { role: 'supervisor' }, ana: { teams: ['ventas'] }, beto: { teams: ['soporte'] }, carla: { teams: ['ventas', 'soporte'] }, dora: {} },
    channels: { shop: { team: 'ventas' }, help: { team: 'soporte' }, open: {} },
  });
  channels = Object.values(workspace.channels);
  people = {};
  for (const [name, credentials] of Object.entries(workspace.agents)) {
    const first = await system.login(credentials);
    people[name] = system.running.gatewayUrls.map((url) => first.at(url));
  }
});

beforeEach(async () => {
  agents = Object.entries(people).flatMap(([name, clients]) =>
    Array.from({ length: socketsEach }, (_, index) => new ReturningAgent(`${name}/${index}`, clients, index % 2)),
  );
  await Promise.all(agents.map((agent) => persist(() => agent.connect())));
});

afterEach(() => {
  for (const agent of agents) agent.close();
});

afterAll(() => system?.stop());

/** Customers who write and supervisors who note it, at both gateways, each message and note until it is answered. */
class Traffic {
  readonly conversationIds = new Set<string>();
  readonly notes: string[] = [];
  private messages = 0;
  private isOver = false;
  private readonly writing: Promise<void>[];

  constructor() {
    const writers = channels.flatMap((channel) => [0, 1].map((replica) => this.write(channel, replica, randomUUID())));
    const noting = agents.filter(({ name }) => /^boss\/\d$/.test(name)).map((agent) => this.note(agent));
    this.writing = [...writers, ...noting];
  }

  get done(): number {
    return this.messages + this.notes.length;
  }

  async more(count: number): Promise<void> {
    const until = this.done + count;
    await eventually(() => expect(this.done).toBeGreaterThanOrEqual(until), patienceMs);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.writing);
  }

  private async write(channel: ChannelKey, replica: number, from: string): Promise<void> {
    const urls = system.running.gatewayUrls;
    while (!this.isOver) {
      const message = { from, text: randomUUID(), externalMessageId: randomUUID() };
      const { conversationId } = await persist((attempt) => postInbound(urls[(replica + attempt) % urls.length]!, channel, message));
      this.conversationIds.add(conversationId);
      this.messages++;
    }
  }

  private async note(agent: ReturningAgent): Promise<void> {
    while (!this.isOver) {
      const [conversationId] = [...this.conversationIds].sort(() => Math.random() - 0.5);
      const text = randomUUID();
      if (conversationId === undefined) await new Promise((resolve) => setImmediate(resolve));
      else {
        await agent.note(conversationId, text, randomUUID());
        this.notes.push(text);
      }
    }
  }
}

/** What a frontend that starts now would load: the timelines of all conversations of this test that the agent may see. */
async function visible(client: ApiClient, conversationIds: ReadonlySet<string>): Promise<Map<string, Entry[]>> {
  const { conversations } = await readLists(client);
  const mine = conversations.filter(({ id }: ConversationView) => conversationIds.has(id));
  return new Map(await Promise.all(mine.map(async ({ id }) => [id, await readTimeline(client, id)] as const)));
}

const placeOf = (cursor: string): number => Number(cursor.split('.')[1]);

/** All were told every entry that they may see, once, in order, and nothing else; and all that was acknowledged is there, once. */
async function expectNoGap(traffic: Traffic): Promise<void> {
  const counts = new Set<number>();
  for (const clients of Object.values(people)) {
    const client = clients[0]!;
    const expected = await visible(client, traffic.conversationIds);
    counts.add(expected.size);
    for (const agent of agents.filter((one) => one.client.agentId === client.agentId)) {
      const total = [...expected.values()].reduce((sum, { length }) => sum + length, 0);
      await eventually(() => expect(agent.told.length).toBeGreaterThanOrEqual(total), patienceMs);
      const cursors = agent.told.map(({ cursor }) => placeOf(cursor));
      expect(cursors.every((cursor, index) => index === 0 || cursor > cursors[index - 1]!)).toBe(true);
      expect(Map.groupBy(agent.told.map(({ entry }) => entry), ({ conversationId }) => conversationId)).toEqual(expected);
      expect({ name: agent.name, reloads: agent.reloads, resumed: agent.resumed.slice(1) }).toEqual({ name: agent.name, reloads: [], resumed: agent.endedAt.map(() => true) });
    }
  }
  // Two customers on each of three channels, and not everyone sees all of them.
  expect([...counts].sort()).toEqual([2, 4, 6]);
  const all = await visible(people.boss![0]!, traffic.conversationIds);
  const texts = [...all.values()].flat().flatMap(({ data }) => ('text' in data ? [String(data.text)] : []));
  expect(new Set(texts).size).toBe(texts.length);
  expect(traffic.notes.filter((text) => !texts.includes(text))).toEqual([]);
}

it('a gateway killed with 200 agents connected to two: all resume without a gap', async () => {
  const traffic = new Traffic();
  await traffic.more(60);
  await system.running.kill('gateway', 1);
  const restarted = system.running.restart('gateway', 1);
  await traffic.more(60);
  await restarted;
  await traffic.more(60);
  await traffic.stop();
  // All of its hundred, and only they.
  expect(agents.filter(({ endedAt }) => endedAt.length > 0)).toHaveLength(agents.length / 2);
  await expectNoGap(traffic);
});

it('a gateway that is stopped lets its sockets go over time, each with its answers; all resume without a gap', async () => {
  const traffic = new Traffic();
  await traffic.more(60);
  const onIt = agents.filter(({ replica }) => replica === 1);
  await system.running.kill('gateway', 2, 'SIGTERM');
  await traffic.more(60);
  await system.running.restart('gateway', 2);
  await traffic.more(60);
  await traffic.stop();
  const times = onIt.flatMap(({ endedAt }) => endedAt.slice(0, 1));
  expect(times).toHaveLength(agents.length / 2);
  // At random times, in no order of theirs.
  expect(times).not.toEqual(times.toSorted((one, other) => one - other));
  await expectNoGap(traffic);
});
