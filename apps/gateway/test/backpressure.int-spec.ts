import { type AgentView } from '@relevo/contracts';
import { counted } from './support/counted.js';
import { eventually } from './support/eventually.js';
import { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';
import { everyone, Workspace } from './support/workspace.js';

const sendLimit = 262_144;
/** Packets that the network is only given: what one event of these tests takes, and a part of a replay. */
const slack = 100_000;
/** Far more than what both ends' kernels keep for a connection, so that the rest would have to be kept by the gateway. */
const floodEvents = 800;
const text = 'x'.repeat(25_000);

let system: System;
let readers: Reader[] = [];

beforeAll(async () => {
  system = await System.start(1, { SEND_BUFFER_BYTES: String(sendLimit), RECENT_BYTES: '67108864' });
});

afterEach(() => {
  for (const { client } of readers) client.close();
  readers = [];
});

afterAll(() => system?.stop());

/** A frontend that comes back by itself with its cursor, and that can stop reading. */
class Reader {
  readonly client: LiveClient;

  constructor(token: string, cursor?: string) {
    const options: object = {
      reconnection: true,
      reconnectionDelay: 100,
      auth: (give: (auth: object) => void) => give({ token, cursor: this.client.heard.length > 0 ? this.client.cursor : cursor }),
    };
    this.client = LiveClient.open(system.url, {}, options);
    readers.push(this);
  }

  private get webSocket(): { pause(): void; resume(): void } {
    return (this.client.socket.io.engine as unknown as { transport: { ws: { pause(): void; resume(): void } } }).transport.ws;
  }

  /** At the level of TCP: its kernel's buffer fills up, then the gateway's. */
  stopReading(): void {
    this.webSocket.pause();
  }

  readOn(): void {
    this.webSocket.resume();
  }

}

/** All that was heard but `ready`, by what tells one event from another. */
const news = ({ heard }: LiveClient): string[] => heard.filter(({ name }) => name !== 'ready').map(({ name, payload }) => `${name} ${String(payload.cursor)} ${String(payload.conversationId)}`);

const readies = ({ heard }: LiveClient): unknown[] => heard.filter(({ name }) => name === 'ready').map(({ payload }) => payload.resumed);

/** Megabytes take their time on a busy machine. */
const patienceMs = 120_000;

async function heardAll(readers: Reader[], expected: string[]): Promise<void> {
  // To compare them all at every look would keep this very process from reading them.
  for (const { client } of readers) await eventually(() => expect(client.heard.length).toBeGreaterThanOrEqual(expected.length), patienceMs);
  for (const { client } of readers) await eventually(() => expect(news(client)).toEqual(expected));
}

async function flood(workspace: Workspace, whileAt: () => Promise<void>): Promise<void> {
  for (let count = 0; count < floodEvents; count += 20) {
    await Promise.all(Array.from({ length: 20 }, () => workspace.events.entry(null, everyone, undefined, text)));
    await whileAt();
  }
}

it('a client that does not read is cut, nobody else feels it, and it misses nothing when it comes back', async () => {
  const workspace = new Workspace(system);
  const boss: AgentView = workspace.hire('boss', { role: 'supervisor' });
  const token = await system.tokenOf(boss);
  const others = await Promise.all(Array.from({ length: 2 }, () => system.connect(boss, { token })));
  const slow = Array.from({ length: 3 }, () => new Reader(token));
  await Promise.all(slow.map(({ client }) => client.hear('ready')));
  const cutBefore = await counted('relevo_slow_sockets_cut_total');
  for (const reader of slow) reader.stopReading();
  let most = 0;
  await flood(workspace, async () => {
    most = Math.max(most, await counted('relevo_send_buffer_bytes'));
    // They have all of it at once, though others have not read for long.
    await workspace.settle(...others);
  });
  expect((await counted('relevo_slow_sockets_cut_total')) - cutBefore).toBe(slow.length);
  expect(most).toBeLessThan((slow.length + others.length) * (sendLimit + slack));
  expect(await counted('relevo_send_buffer_bytes')).toBeLessThan(slack);

  for (const reader of slow) reader.readOn();
  const [witness] = others;
  const expected = news(witness!);
  expect(expected.length).toBeGreaterThan(floodEvents);
  await heardAll(slow, expected);
  for (const { client } of slow) expect(readies(client)).toEqual([false, true]);
}, 300_000);

it('megabytes that clients missed are not held for those who do not read them', async () => {
  const workspace = new Workspace(system);
  const boss = workspace.hire('boss', { role: 'supervisor' });
  const token = await system.tokenOf(boss);
  const witness = await system.connect(boss, { token });
  const { cursor } = witness;
  await flood(workspace, () => workspace.settle(witness));
  const expected = news(witness);

  const [quick, slow] = [0, 1].map(() => Array.from({ length: 3 }, () => new Reader(token, cursor))) as [Reader[], Reader[]];
  for (const reader of slow) reader.client.socket.once('ready', () => reader.stopReading());
  let most = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      most = Math.max(most, await counted('relevo_send_buffer_bytes'));
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await heardAll(quick, expected);
  isOver = true;
  await watching;
  // A part of what was missed for each, instead of the 20 MB that each of them missed.
  expect(most).toBeLessThan(readers.length * slack);
  for (const reader of slow) reader.readOn();
  await heardAll(slow, expected);
}, 300_000);
