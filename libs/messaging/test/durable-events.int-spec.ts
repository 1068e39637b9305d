import { AppError } from '@relevo/contracts';
import { eventually, Gate } from './support/eventually.js';
import { numbered } from './support/publisher.js';
import { Recorder } from './support/recorder.js';
import { agentHandler } from './support/replica.js';
import { TestBed } from './support/test-bed.js';

describe('durable events', () => {
  let bed: TestBed;

  beforeAll(async () => {
    bed = await TestBed.start();
  });

  afterEach(() => bed.clear());

  afterAll(() => bed.stop());

  it('hands over the payload with what the subject and the stream say', async () => {
    const recorder = new Recorder();
    await bed.replica((payload, context) => Promise.resolve(recorder.add(payload, context)));
    await bed.publisher.publish('one', 'ana');
    await recorder.all(['one']);
    expect(recorder.handled[0]?.context).toEqual({
      workspaceId: 'acme',
      aggregateId: 'ana',
      fact: 'agent-changed',
      streamSeq: expect.any(Number) as number,
      deliveryCount: 1,
    });
  });

  it('shares the work among replicas: each event goes to one of them', async () => {
    const recorder = new Recorder();
    const bothAtWork = new Gate();
    const workers = new Set<number>();
    const worker = (id: number) =>
      bed.replica(
        async (payload, context) => {
          if (workers.add(id).size === 2) bothAtWork.open();
          await bothAtWork.passed();
          recorder.add(payload, context);
        },
        { concurrency: 4 },
      );
    const names = numbered(200);
    await Promise.all([worker(1), worker(2)]);
    await bed.publisher.publishAll(names);
    await recorder.all(names);
    expect(recorder.names.toSorted()).toEqual(names.toSorted());
  });

  it('keeps the entries of an aggregate in order, and lets aggregates overtake each other', async () => {
    const recorder = new Recorder();
    const firsts = new Set<string>();
    const allBegun = new Gate();
    await bed.replica(
      async (payload, context) => {
        const seq = Number(payload.agent.name.split('-')[1]);
        // None would come to its second entry if one aggregate had to wait for another.
        if (seq === 0 && firsts.add(context.aggregateId).size === 3) allBegun.open();
        await allBegun.passed();
        // Takes longer the earlier it comes: whatever may be overtaken will be.
        for (let turns = 20 - seq; turns > 0; turns--) await new Promise(setImmediate);
        recorder.add(payload, context);
      },
      { concurrency: 8 },
    );
    const names = Array.from({ length: 20 }, (_, seq) => ['ana', 'bob', 'cai'].map((who) => `${who}-${seq}`)).flat();
    for (const name of names) await bed.publisher.publish(name, name.split('-')[0]);
    await recorder.all(names);
    for (const who of ['ana', 'bob', 'cai']) {
      expect(recorder.names.filter((name) => name.startsWith(who))).toEqual(numbered(20, who));
    }
  });

  it('keeps that order while an entry is tried again', async () => {
    const recorder = new Recorder();
    await bed.replica((payload, context) => {
      recorder.add(payload, context);
      return payload.agent.name === 'first' && recorder.times('first') < 4 ? Promise.reject(new Error('not yet')) : Promise.resolve();
    });
    await bed.publisher.publish('first', 'ana');
    await bed.publisher.publish('second', 'ana');
    await recorder.all(['second']);
    expect(recorder.names).toEqual(['first', 'first', 'first', 'first', 'second']);
  });

  it('runs no more handlers at once than it may', async () => {
    const recorder = new Recorder();
    let running = 0;
    let most = 0;
    await bed.replica(
      async (payload, context) => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        recorder.add(payload, context);
      },
      { concurrency: 5 },
    );
    const names = numbered(100);
    await bed.publisher.publishAll(names);
    await recorder.all(names);
    expect(most).toBe(5);
  });

  it.each([
    ['UNAVAILABLE', new AppError('UNAVAILABLE', 'Away.')],
    ['TIMEOUT', new AppError('TIMEOUT', 'Late.')],
  ])('tries for ever while %s, and lets others through', async (_, error) => {
    const recorder = new Recorder();
    await bed.replica(
      (payload, context) => {
        recorder.add(payload, context);
        return payload.agent.name === 'waits' && recorder.times('waits') <= 12 ? Promise.reject(error) : Promise.resolve();
      },
      { concurrency: 1 },
    );
    await bed.publisher.publish('waits');
    await recorder.until(() => recorder.times('waits') > 6);
    await bed.publisher.publish('goes');
    await recorder.all(['goes']);
    await recorder.until(() => recorder.times('waits') === 13);
    expect(await bed.publisher.deadLetters.count()).toBe(0);
  });

  it('does not starve when more events wait than may run at once', async () => {
    const recorder = new Recorder();
    const back = new Gate();
    let away = true;
    void back.passed().then(() => (away = false));
    const stuck = numbered(12, 'stuck');
    const { events } = await bed.replica(
      (payload, context) => {
        recorder.add(payload, context);
        return away && payload.agent.name.startsWith('stuck') ? Promise.reject(new AppError('UNAVAILABLE', 'Away.')) : Promise.resolve();
      },
      { concurrency: 2 },
    );
    await bed.publisher.publishAll(stuck);
    await recorder.all(stuck);
    await bed.publisher.publish('goes');
    await recorder.all(['goes']);
    back.open();
    await eventually(async () => expect(await events.health()).toEqual({ pending: 0, ackPending: 0, inFlight: 0 }));
  });

  it('tells how much waits, is held anywhere, and is held here', async () => {
    const gate = new Gate();
    const { events } = await bed.replica(() => gate.passed(), { concurrency: 1 });
    await bed.publisher.publishAll(numbered(20), () => 'ana');
    await eventually(async () => {
      const { pending, ackPending, inFlight } = await events.health();
      expect(pending + ackPending).toBe(20);
      expect(inFlight).toBe(8);
      expect(ackPending).toBe(8);
    });
    gate.open();
    await eventually(async () => expect(await events.health()).toEqual({ pending: 0, ackPending: 0, inFlight: 0 }));
  });

  it('gives every handler of a fact its chance, and all of them again when one fails', async () => {
    const first = new Recorder();
    const second = new Recorder();
    const controllers = [
      agentHandler((payload, context) => {
        first.add(payload, context);
        return first.handled.length < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve();
      }),
      agentHandler((payload, context) => Promise.resolve(second.add(payload, context))),
    ];
    await bed.replicaWith(controllers);
    await bed.publisher.publish('one');
    await first.until(() => first.times('one') === 3);
    await second.until(() => second.times('one') === 3);
  });

});
