import { jetstream } from '@nats-io/jetstream';
import { eventually } from './support/eventually.js';
import { numbered } from './support/publisher.js';
import { Recorder } from './support/recorder.js';
import type { Handle, Replica } from './support/replica.js';
import { TestBed } from './support/test-bed.js';

const aSubject = 'evt.routing.acme.internal.ana.agent-changed.v1';

describe('dead letters', () => {
  let bed: TestBed;

  const buried = (count: number): Promise<void> => eventually(async () => expect(await bed.publisher.deadLetters.count()).toBe(count));

  const settled = (events: Replica['events']): Promise<void> =>
    eventually(async () => expect(await events.health()).toEqual({ pending: 0, ackPending: 0, inFlight: 0 }));

  beforeAll(async () => {
    bed = await TestBed.start();
  });

  afterEach(() => bed.clear());

  afterAll(() => bed.stop());

  it('gives an event up after five errors of its own, once, and goes on with the rest', async () => {
    const recorder = new Recorder();
    const { events } = await bed.replica((payload, context) => {
      recorder.add(payload, context);
      return payload.agent.name === 'poison' ? Promise.reject(new Error('cannot\nread\u0000 this 🙂')) : Promise.resolve();
    });
    await bed.publisher.publish('poison', 'ana');
    await bed.publisher.publish('after', 'ana');
    await bed.publisher.publishAll(numbered(20));
    await recorder.all(['after', ...numbered(20)]);
    await settled(events);
    expect(recorder.times('poison')).toBe(5);
    expect(await bed.publisher.deadLetters.list()).toEqual([
      {
        seq: expect.any(Number) as number,
        durable: 'probe-internal',
        subject: aSubject,
        streamSeq: recorder.handled[0]!.context.streamSeq,
        error: 'Error: cannot read this 🙂',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      },
    ]);
    expect(await bed.publisher.deadLetters.count('probe-internal')).toBe(1);
    expect(await bed.publisher.deadLetters.count('other-internal')).toBe(0);
  });

  it('gives a dead letter to its own durable again, and to nobody else', async () => {
    const recorder = new Recorder();
    const other = new Recorder();
    let fixed = false;
    const { events } = await bed.replica((payload, context) => {
      recorder.add(payload, context);
      return fixed ? Promise.resolve() : Promise.reject(new Error('not yet'));
    });
    const bystander = await bed.replica((payload, context) => Promise.resolve(other.add(payload, context)), { service: 'other' });
    await bed.publisher.publish('poison', 'ana');
    await buried(1);
    const [letter] = await bed.publisher.deadLetters.list();
    fixed = true;
    await bed.publisher.deadLetters.replay(letter!.seq);
    await recorder.until(() => recorder.times('poison') === 6);
    await Promise.all([settled(events), settled(bystander.events)]);
    expect(recorder.handled.at(-1)?.context).toMatchObject({ workspaceId: 'acme', aggregateId: 'ana', fact: 'agent-changed' });
    expect(other.times('poison')).toBe(1);
    expect(await bed.publisher.deadLetters.list()).toEqual([]);
    await expect(bed.publisher.deadLetters.replay(letter!.seq)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is there again, under its first subject, when the replay fails too', async () => {
    const recorder = new Recorder();
    await bed.replica((payload, context) => {
      recorder.add(payload, context);
      return Promise.reject(new Error('never'));
    });
    await bed.publisher.publish('poison', 'ana');
    await buried(1);
    const [letter] = await bed.publisher.deadLetters.list();
    await bed.publisher.deadLetters.replay(letter!.seq);
    await recorder.until(() => recorder.times('poison') === 10);
    await buried(1);
    const [again] = await bed.publisher.deadLetters.list();
    expect(again).toMatchObject({ subject: aSubject, durable: 'probe-internal' });
    expect(again!.seq).toBeGreaterThan(letter!.seq);
  });

  it.each(['{"noun":', 'null', '7', ''])('gives up at once what cannot be read: %j', async (payload) => {
    const recorder = new Recorder();
    const { events } = await bed.replica((agent, context) => Promise.resolve(recorder.add(agent, context)));
    await jetstream(bed.publisher.nats).publish(aSubject, payload);
    await buried(1);
    await settled(events);
    expect(recorder.handled).toEqual([]);
    expect((await bed.publisher.deadLetters.list())[0]?.error).toMatch(/payload is not/);
  });

  it('counts a handler that hangs as its error', async () => {
    const recorder = new Recorder();
    const { events } = await bed.replica(
      (payload, context) => {
        recorder.add(payload, context);
        return new Promise(() => undefined);
      },
      { deadlineMs: 30 },
    );
    await bed.publisher.publish('hangs');
    await buried(1);
    await settled(events);
    expect(recorder.times('hangs')).toBe(5);
    expect((await bed.publisher.deadLetters.list())[0]?.error).toContain('not done after 30 ms');
  });

  it('keeps an event from other replicas for as long as its handler may take', async () => {
    const recorder = new Recorder();
    // Each says that the event is still alive; three of them fit into the silence after which NATS would give it away.
    const heartbeats = bed.publisher.nats.subscribe('$JS.ACK.INTERNAL.probe-internal.>', { max: 4 });
    const slow: Handle = async (payload, context) => {
      for await (const heartbeat of heartbeats) expect(heartbeat.string()).toBe('+WPI');
      recorder.add(payload, context);
    };
    const first = await bed.replica(slow, { ackWaitMs: 15_000 });
    await bed.replica(slow, { ackWaitMs: 15_000 });
    await bed.publisher.nats.flush();
    await bed.publisher.publish('slow');
    await recorder.all(['slow']);
    await settled(first.events);
    expect(recorder.times('slow')).toBe(1);
    expect(recorder.handled[0]?.context.deliveryCount).toBe(1);
  });
});
