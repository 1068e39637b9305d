import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildReplica } from './support/child-replica.js';
import { eventually } from './support/eventually.js';
import { numbered } from './support/publisher.js';
import { Recorder } from './support/recorder.js';
import type { Replica } from './support/replica.js';
import { TestBed } from './support/test-bed.js';

describe('durable events over crashes', () => {
  let bed: TestBed;
  let folder: string;
  let children: ChildReplica[] = [];

  const child = (file: string, options: { ackWaitMs?: number; maxErrors?: number } = {}): ChildReplica => {
    const started = ChildReplica.start({ url: bed.nats.url, file: join(folder, file), ...options });
    children.push(started);
    return started;
  };

  const recordingReplica = (recorder: Recorder): Promise<Replica> =>
    bed.replica((payload, context) => Promise.resolve(recorder.add(payload, context)), { ackWaitMs: 1_000 });

  beforeAll(async () => {
    bed = await TestBed.start();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'relevo-events-'));
  });

  afterEach(async () => {
    await Promise.all(children.map((one) => one.end('SIGKILL')));
    children = [];
    rmSync(folder, { recursive: true });
    await bed.clear();
  });

  afterAll(() => bed.stop());

  it('loses nothing when a replica is killed under load', async () => {
    const names = numbered(2_000);
    await bed.publisher.publishAll(names);
    const victim = child('victim');
    await victim.hasBegun(300);
    expect(await victim.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    expect(victim.handled.length).toBeLessThan(names.length);
    const recorder = new Recorder();
    const { events } = await recordingReplica(recorder);
    await eventually(async () => expect(await events.health()).toEqual({ pending: 0, ackPending: 0, inFlight: 0 }));
    expect(new Set([...victim.handled, ...recorder.names])).toEqual(new Set(names));
    expect(await bed.publisher.deadLetters.count()).toBe(0);
  });

  it('loses nothing when NATS is killed and comes back', async () => {
    const names = numbered(2_000);
    const recorder = new Recorder();
    const started = await recordingReplica(recorder);
    const published = bed.publisher.publishAll(names.slice(0, 1_000));
    await recorder.until(() => recorder.handled.length > 200);
    await published;
    await bed.publisher.publishAll(names.slice(1_000));
    await bed.nats.kill();
    await bed.nats.restart();
    await recorder.all(names);
    await eventually(async () => expect(await started.events.health()).toEqual({ pending: 0, ackPending: 0, inFlight: 0 }));
    await bed.publisher.publish('afterwards');
    await recorder.all(['afterwards']);
    expect(await bed.publisher.deadLetters.count()).toBe(0);
  });

  it('handles each event once over a SIGTERM: what was begun is finished, the rest is handed on', async () => {
    const names = numbered(5_000);
    // So long that nothing comes again by itself.
    const [leaving, next] = [child('leaving', { ackWaitMs: 60_000 }), child('next', { ackWaitMs: 60_000 })];
    await Promise.all([leaving.ready(), next.ready()]);
    const published = bed.publisher.publishAll(names);
    await Promise.all([leaving.hasBegun(100), next.hasBegun(100)]);
    expect(await leaving.end('SIGTERM')).toEqual({ code: null, signal: 'SIGTERM' });
    await published;
    expect(leaving.handled.length).toBeLessThan(names.length);
    await eventually(() => expect(new Set([...leaving.handled, ...next.handled]).size).toBe(names.length));
    expect([...leaving.handled, ...next.handled].toSorted()).toEqual(names.toSorted());
  });

  it('gives up an event that kills its replica each time', async () => {
    await bed.publisher.publish('kills', 'ana');
    await bed.publisher.publish('after', 'ana');
    // The first time is not counted: nothing was written yet of an event that comes for the first time.
    for (let crash = 0; crash < 3; crash++) expect(await child('crashes', { maxErrors: 2 }).exited()).toMatchObject({ signal: 'SIGKILL' });
    const survivor = child('crashes', { maxErrors: 2 });
    await eventually(() => expect(survivor.handled).toContain('after'));
    await eventually(async () => expect(await bed.publisher.deadLetters.count()).toBe(1));
    expect((await bed.publisher.deadLetters.list())[0]?.error).toContain('took its process with it');
  });
});
