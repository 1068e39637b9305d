import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { streamOf } from '@relevo/contracts';
import { type DurableEventsOptions, errorLedgerStream } from '../src/index.js';
import { eventually } from './support/eventually.js';
import { NatsServer } from './support/nats-server.js';
import { numbered, TestPublisher } from './support/publisher.js';
import { Recorder } from './support/recorder.js';
import { agentHandler, type Handle, type Replica, startReplica } from './support/replica.js';

const aSubject = 'evt.routing.acme.internal.ana.agent-changed.v1';

describe('dead letters', () => {
  let nats: NatsServer;
  let publisher: TestPublisher;
  let replicas: Replica[] = [];

  const replica = async (handle: Handle, options: Partial<DurableEventsOptions> = {}): Promise<Replica> => {
    const started = await startReplica(nats.url, [agentHandler(handle)], options);
    replicas.push(started);
    return started;
  };

  const buried = (count: number): Promise<void> => eventually(async () => expect(await publisher.deadLetters.count()).toBe(count));

  const settled = (events: Replica['events']): Promise<void> =>
    eventually(async () => expect(await events.health()).toEqual({ pending: 0, ackPending: 0, inFlight: 0 }));

  beforeAll(async () => {
    nats = await NatsServer.start();
    publisher = await TestPublisher.connect(nats.url);
  });

  afterEach(async () => {
    await Promise.all(replicas.map(({ app }) => app.close()));
    replicas = [];
    const manager = await jetstreamManager(publisher.nats);
    for await (const { name } of manager.consumers.list(streamOf.internal)) await manager.consumers.delete(streamOf.internal, name);
    for (const stream of [streamOf.internal, 'DEAD', errorLedgerStream]) await manager.streams.purge(stream);
  });

  afterAll(async () => {
    await publisher.close();
    await nats.remove();
  });

  it('gives an event up after five errors of its own, once, and goes on with the rest', async () => {
    const recorder = new Recorder();
    const { events } = await replica((payload, context) => {
      recorder.add(payload, context);
      return payload.agent.name === 'poison' ? Promise.reject(new Error('cannot\nread\u0000 this 🙂')) : Promise.resolve();
    });
    await publisher.publish('poison', 'ana');
    await publisher.publish('after', 'ana');
    await publisher.publishAll(numbered(20));
    await recorder.all(['after', ...numbered(20)]);
    await settled(events);
    expect(recorder.times('poison')).toBe(5);
    expect(await publisher.deadLetters.list()).toEqual([
      {
        seq: expect.any(Number) as number,
        durable: 'probe-internal',
        subject: aSubject,
        streamSeq: recorder.handled[0]!.context.streamSeq,
        error: 'Error: cannot read this 🙂',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      },
    ]);
    expect(await publisher.deadLetters.count('probe-internal')).toBe(1);
    expect(await publisher.deadLetters.count('other-internal')).toBe(0);
  });

  it('gives a dead letter to its own durable again, and to nobody else', async () => {
    const recorder = new Recorder();
    const other = new Recorder();
    let fixed = false;
    const { events } = await replica((payload, context) => {
      recorder.add(payload, context);
      return fixed ? Promise.resolve() : Promise.reject(new Error('not yet'));
    });
    const bystander = await replica((payload, context) => Promise.resolve(other.add(payload, context)), { service: 'other' });
    await publisher.publish('poison', 'ana');
    await buried(1);
    const [letter] = await publisher.deadLetters.list();
    fixed = true;
    await publisher.deadLetters.replay(letter!.seq);
    await recorder.until(() => recorder.times('poison') === 6);
    await Promise.all([settled(events), settled(bystander.events)]);
    expect(recorder.handled.at(-1)?.context).toMatchObject({ workspaceId: 'acme', aggregateId: 'ana', fact: 'agent-changed' });
    expect(other.times('poison')).toBe(1);
    expect(await publisher.deadLetters.list()).toEqual([]);
    await expect(publisher.deadLetters.replay(letter!.seq)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is there again, under its first subject, when the replay fails too', async () => {
    const recorder = new Recorder();
    await replica((payload, context) => {
      recorder.add(payload, context);
      return Promise.reject(new Error('never'));
    });
    await publisher.publish('poison', 'ana');
    await buried(1);
    const [letter] = await publisher.deadLetters.list();
    await publisher.deadLetters.replay(letter!.seq);
    await recorder.until(() => recorder.times('poison') === 10);
    await buried(1);
    const [again] = await publisher.deadLetters.list();
    expect(again).toMatchObject({ subject: aSubject, durable: 'probe-internal' });
    expect(again!.seq).toBeGreaterThan(letter!.seq);
  });

  it.each(['{"noun":', 'null', '7', ''])('gives up at once what cannot be read: %j', async (payload) => {
    const recorder = new Recorder();
    const { events } = await replica((agent, context) => Promise.resolve(recorder.add(agent, context)));
    await jetstream(publisher.nats).publish(aSubject, payload);
    await buried(1);
    await settled(events);
    expect(recorder.handled).toEqual([]);
    expect((await publisher.deadLetters.list())[0]?.error).toMatch(/payload is not/);
  });

  it('counts a handler that hangs as its error', async () => {
    const recorder = new Recorder();
    const { events } = await replica(
      (payload, context) => {
        recorder.add(payload, context);
        return new Promise(() => undefined);
      },
      { deadlineMs: 30 },
    );
    await publisher.publish('hangs');
    await buried(1);
    await settled(events);
    expect(recorder.times('hangs')).toBe(5);
    expect((await publisher.deadLetters.list())[0]?.error).toContain('not done after 30 ms');
  });

  it('keeps an event from other replicas for as long as its handler may take', async () => {
    const recorder = new Recorder();
    const slow: Handle = async (payload, context) => {
      // Four times the silence after which NATS would give it away.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      recorder.add(payload, context);
    };
    const first = await replica(slow, { ackWaitMs: 500 });
    await replica(slow, { ackWaitMs: 500 });
    await publisher.publish('slow');
    await recorder.all(['slow']);
    await settled(first.events);
    expect(recorder.times('slow')).toBe(1);
    expect(recorder.handled[0]?.context.deliveryCount).toBe(1);
  });
});
