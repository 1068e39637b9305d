import { Controller, Module } from '@nestjs/common';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { listTags, streamOf, type TagList } from '@relevo/contracts';
import { PlatformModule, startApplication } from '@relevo/platform';
import { durableEvents, ensureStreams, Handles, MessageBus, MessagingModule, requestsOf, systemCaller } from '../src/index.js';
import { unvalidatedSubjects } from '../src/testing.js';
import { eventually, Gate } from './support/eventually.js';
import { numbered } from './support/publisher.js';
import { Recorder } from './support/recorder.js';
import { agentHandler, configFor } from './support/replica.js';
import { TestBed } from './support/test-bed.js';

describe('the durable consumer of a service', () => {
  let bed: TestBed;

  beforeAll(async () => {
    bed = await TestBed.start();
  });

  afterEach(() => bed.clear());

  afterAll(() => bed.stop());

  it('makes its consumer again when it is deleted', async () => {
    const recorder = new Recorder();
    const { events } = await bed.replica((payload, context) => Promise.resolve(recorder.add(payload, context)));
    const manager = await jetstreamManager(bed.publisher.nats);
    await manager.consumers.delete(streamOf.internal, events.durable);
    await bed.publisher.publish('after');
    await recorder.all(['after']);
  });

  it('goes on when NATS lost its streams and the operator made them again', async () => {
    const recorder = new Recorder();
    const { app } = await bed.replica((payload, context) => Promise.resolve(recorder.add(payload, context)));
    const manager = await jetstreamManager(bed.publisher.nats);
    await manager.streams.delete(streamOf.internal);
    await expect(bed.publisher.publish('lost')).rejects.toThrow();
    // Whoever asks meanwhile is not kept waiting: only events stand still.
    expect(app.get(MessageBus).isConnected).toBe(true);
    await ensureStreams(bed.publisher.nats);
    await bed.publisher.publish('after');
    await recorder.all(['after']);
  });

  it('asks for what is handled and nothing else', async () => {
    const { events } = await bed.replica(() => Promise.resolve());
    const { config } = await (await jetstreamManager(bed.publisher.nats)).consumers.info(streamOf.internal, events.durable);
    expect(config.filter_subjects).toEqual(['evt.routing.*.internal.*.agent-changed.v1', 'evt.replay.probe-internal.internal.>']);
    expect(config.max_deliver).toBe(-1);
  });

  it('hands everything it did not begin to other replicas when it closes, and finishes what it began', async () => {
    const recorder = new Recorder();
    const begun = new Gate();
    const gate = new Gate();
    // Nobody waits for the silence to be noticed: what is handed back comes at once.
    const leaving = await bed.replica(
      async (payload, context) => {
        begun.open();
        await gate.passed();
        recorder.add(payload, context);
      },
      { concurrency: 1, ackWaitMs: 60_000, drainMs: 240_000 },
    );
    const names = numbered(6);
    for (const name of names) await bed.publisher.publish(name, 'ana');
    await begun.passed();
    await eventually(async () => expect((await leaving.events.health()).inFlight).toBe(6));
    const closed = leaving.events.close();
    const next = new Recorder();
    await bed.replica((payload, context) => Promise.resolve(next.add(payload, context)), { ackWaitMs: 60_000 });
    await next.all(names.slice(1));
    gate.open();
    await closed;
    expect(recorder.names).toEqual(['event-0']);
    expect(next.names.toSorted()).toEqual(names.slice(1));
    const { num_ack_pending } = await (await jetstreamManager(bed.publisher.nats)).consumers.info(streamOf.internal, leaving.events.durable);
    expect(num_ack_pending).toBe(0);
  });

  it('closes although a handler never ends', async () => {
    const begun = new Gate();
    const { events } = await bed.replica(
      () => {
        begun.open();
        return new Promise(() => undefined);
      },
      { drainMs: 50 },
    );
    await bed.publisher.publish('endless');
    await begun.passed();
    await events.close();
  });

  it('leaves the events of a newer version to its replicas', async () => {
    const recorder = new Recorder();
    const older = await bed.replica(() => Promise.reject(new Error('is not for the older one')));
    const manager = await jetstreamManager(bed.publisher.nats);
    const added = 'evt.routing.*.internal.*.agent-retired.v1';
    const { config } = await manager.consumers.info(streamOf.internal, older.events.durable);
    await manager.consumers.update(streamOf.internal, older.events.durable, { filter_subjects: [...config.filter_subjects!, added] });
    await jetstream(bed.publisher.nats).publish('evt.routing.acme.internal.ana.agent-retired.v1', '{}');
    await eventually(async () => {
      const { num_redelivered, num_ack_pending } = await manager.consumers.info(streamOf.internal, older.events.durable);
      expect(num_redelivered + num_ack_pending).toBeGreaterThan(0);
    });
    expect(await bed.publisher.deadLetters.count()).toBe(0);
    expect(recorder.handled).toEqual([]);
  });

  it('leaves requests to the server of requests, and that one leaves events to it', async () => {
    const recorder = new Recorder();
    const config = configFor(bed.nats.url);
    @Controller()
    class Tags {
      @Handles(listTags)
      listTags(): Promise<TagList> {
        return Promise.resolve({ items: [], nextCursor: null });
      }
    }
    const controllers = [Tags, agentHandler((payload, context) => Promise.resolve(recorder.add(payload, context)))];
    @Module({ imports: [PlatformModule.forService('hybrid', config), MessagingModule.forService('hybrid', config)], controllers })
    class Root {}
    const { strategy } = durableEvents({ service: 'hybrid', config, visibility: 'internal' });
    const app = await startApplication(Root, config, [requestsOf('hybrid', config), { strategy }]);
    await bed.publisher.publish('one');
    await recorder.all(['one']);
    await expect(app.get(MessageBus).request(listTags, {}, systemCaller('probe', 'acme'))).resolves.toEqual({ items: [], nextCursor: null });
    await expect(unvalidatedSubjects(app, bed.publisher.nats)).resolves.toEqual([]);
    expect(recorder.names).toEqual(['one']);
    await app.close();
  });

  it('does not start for a stream of which it handles nothing', async () => {
    const { strategy } = durableEvents({ service: 'probe', config: configFor(bed.nats.url), visibility: 'public' });
    const reason = await new Promise((resolve) => void strategy.listen(resolve));
    expect(reason).toEqual(new Error('probe handles no public events'));
  });
});
