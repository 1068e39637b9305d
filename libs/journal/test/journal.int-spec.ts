import { AppError } from '@relevo/contracts';
import mongoose from 'mongoose';
import { eventually } from '@relevo/testing';
import { entryId, naturalKey } from '../src/index.js';
import type { CounterCommand, CounterEntry } from './counter.js';
import { Replicas, type Replica } from './replicas.js';

let replicas: Replicas;
let a: Replica;
let b: Replica;
/** Never publishes: whatever it commits is left behind, as by a crash. */
let dead: Replica;

beforeAll(async () => {
  replicas = await Replicas.start();
  a = await replicas.another();
  b = await replicas.another();
  dead = await replicas.another({ publishes: false });
});

afterAll(() => replicas?.stop());

/** Waits for what a relay does by itself, from time to time. */
const relayed = (fact: () => Promise<void>): Promise<void> => eventually(fact);

let named = 0;
const anId = (): string => `counter${++named}`;

let keys = 0;
const request = (aggregateId: string, command: CounterCommand, key = `key${++keys}`, fingerprint: string | null = JSON.stringify(command)) => ({
  workspaceId: 'sur',
  aggregateId,
  command,
  commandKey: key,
  fingerprint,
});

/** Who is told that too many came at once asks again, as any caller may: by its key it is the same command. */
async function insist({ journal }: Replica, asked: ReturnType<typeof request>): ReturnType<Replica['journal']['append']> {
  for (;;) {
    try {
      return await journal.append(asked);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'TIMEOUT')) throw error;
    }
  }
}

const add = (amount: number): CounterCommand => ({ type: 'add', amount });

const entry = (aggregateId: string, seq: number, amount: number, more: Partial<CounterEntry> = {}): CounterEntry =>
  ({
    _id: entryId(aggregateId, seq),
    aggregateId,
    workspaceId: 'sur',
    seq,
    ...naturalKey('planted', aggregateId, String(seq)),
    type: 'added',
    at: new Date(Date.now() - 60_000),
    actor: { kind: 'system', id: 'test', name: '' },
    data: { amount },
    published: false,
    version: 1,
    ...more,
  }) as CounterEntry;

describe('append', () => {
  it('numbers the entries of racing replicas without a gap, and both see all of them', async () => {
    const id = anId();
    await Promise.all(Array.from({ length: 60 }, (_, index) => insist([a, b][index % 2]!, request(id, add(1)))));
    const entries = await a.journal.entries(id);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(await b.journal.get(id)).toMatchObject({ seq: 60, total: 60 });
    await relayed(async () => expect(await replicas.published(id)).toEqual(entries.map(({ seq }) => ({ seq, total: seq }))));
  });

  it('answers a command repeated 50 times at two replicas with its one entry', async () => {
    const id = anId();
    const key = `repeated-${id}`;
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, index) => insist([a, b][index % 2]!, request(id, add(5), key))));
    expect(new Set(outcomes.map(({ entry: first }) => first?._id))).toEqual(new Set([entryId(id, 1)]));
    expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await a.journal.get(id)).toMatchObject({ seq: 1, total: 5 });
  });

  it('answers a repeat even where it would be refused or nothing to do by now', async () => {
    const id = anId();
    const first = await a.journal.append(request(id, add(1), `first-${id}`));
    await b.journal.append(request(id, { type: 'close' }, `close-${id}`));
    await expect(a.journal.append(request(id, add(1), `first-${id}`))).resolves.toMatchObject({ repeated: true, entry: { _id: first.entry?._id }, state: { closed: true } });
    await expect(a.journal.append(request(id, { type: 'close' }, `close-${id}`))).resolves.toMatchObject({ repeated: true, entry: { seq: 2 } });
  });

  it('refuses the same key with another body, and changes nothing', async () => {
    const id = anId();
    await a.journal.append(request(id, add(1), `key-${id}`));
    await expect(b.journal.append(request(id, add(2), `key-${id}`))).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(b.journal.append(request(anId(), add(2), `key-${id}`))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await a.journal.get(id)).toMatchObject({ seq: 1, total: 1 });
  });

  it('decides a refusal again on a reloaded state before it says no', async () => {
    const id = anId();
    await a.journal.append(request(id, add(1)));
    await b.journal.append(request(id, { type: 'close' }));
    // a still has the open counter in its cache: its insert loses the race, and then the close is seen.
    await expect(a.journal.append(request(id, add(1)))).rejects.toBeInstanceOf(AppError);
    expect(await a.journal.get(id)).toMatchObject({ seq: 2, total: 1, closed: true });
  });

  it('says NOT_FOUND to what has nothing to do on nothing', async () => {
    await expect(a.journal.append(request(anId(), { type: 'nothing' }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('tells those who wait behind an outage at once, not one time-out after the other', async () => {
    const id = anId();
    await a.journal.append(request(id, add(1)));
    const insert = jest.spyOn(a.journal.stored, 'insert').mockRejectedValue(new mongoose.mongo.MongoNetworkError('away'));
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => a.journal.append(request(id, add(1)))));
    expect(insert).toHaveBeenCalledTimes(1);
    insert.mockRestore();
    expect(results.slice(1)).toEqual(Array(7).fill(expect.objectContaining({ status: 'rejected', reason: expect.objectContaining({ code: 'UNAVAILABLE' }) as unknown })));
    await expect(a.journal.append(request(id, add(1)))).resolves.toMatchObject({ state: { total: 2 } });
  });

  it('never goes back in time, whatever a clock says', async () => {
    const id = anId();
    a.clock.offsetMs = 3_600_000;
    const first = await a.journal.append(request(id, add(1)));
    a.clock.offsetMs = 0;
    const second = await b.journal.append(request(id, add(1)));
    expect(second.entry!.at.getTime()).toBeGreaterThanOrEqual(first.entry!.at.getTime());
  });
});

describe('after a crash', () => {
  it('right after the commit: the next command of any replica carries the projection forward', async () => {
    const id = anId();
    await a.journal.stored.insert(entry(id, 1, 3));
    await b.journal.append(request(id, add(4)));
    expect(await a.journal.stored.projection(id)).toMatchObject({ seq: 2, total: 7 });
  });

  it('a slower writer cannot set the projection back', async () => {
    const id = anId();
    await a.journal.append(request(id, add(1)));
    const old = await a.journal.get(id);
    await a.journal.append(request(id, add(1)));
    await a.journal.stored.project(id, old);
    expect(await a.journal.stored.projection(id)).toMatchObject({ seq: 2, total: 2 });
  });

  it('before anything was published: the relay of another replica publishes it, in order, and marks it', async () => {
    const id = anId();
    for (let amount = 1; amount <= 3; amount += 1) await dead.journal.append(request(id, add(amount)));
    await relayed(async () => {
      expect(await replicas.published(id)).toEqual([1, 2, 3].map((seq) => ({ seq, total: (seq * (seq + 1)) / 2 })));
      expect((await a.journal.entries(id)).every(({ published }) => published)).toBe(true);
    });
  });

  it('reads no history to publish what follows on what another replica published', async () => {
    const id = anId();
    await a.journal.append(request(id, add(1)));
    await relayed(async () => expect((await b.journal.entries(id)).every(({ published }) => published)).toBe(true));
    const read = jest.spyOn(b.journal.stored, 'read');
    // So its relay takes nothing for left behind, however long a machine keeps it from publishing.
    b.clock.offsetMs = -3_600_000;
    await b.journal.append(request(id, add(1)));
    await relayed(async () => expect((await replicas.published(id)).map(({ seq }) => seq)).toEqual([1, 2]));
    expect(read.mock.calls.filter(([aggregateId, range]) => aggregateId === id && range?.after === undefined)).toEqual([]);
    read.mockRestore();
    b.clock.offsetMs = 0;
  });

  it('publishes what another replica left behind before what follows it', async () => {
    const id = anId();
    await dead.journal.append(request(id, add(1)));
    await a.journal.append(request(id, add(1)));
    await relayed(async () => expect((await replicas.published(id)).map(({ seq }) => seq)).toEqual([1, 2]));
  });

  it('an entry left without a projection gets one from the relay, without any command', async () => {
    const id = anId();
    await a.journal.stored.insert(entry(id, 1, 9));
    await relayed(async () => expect(await a.journal.stored.projection(id)).toMatchObject({ seq: 1, total: 9 }));
  });
});

describe('what is derived from an entry', () => {
  const derivedOf = async (id: string): Promise<string[]> => (await a.journal.derived.find({ _id: { $regex: `^${id}:` } }).toArray()).map(({ _id }) => _id);
  const fails = (replica: Replica) => jest.spyOn(replica.journal, 'derive').mockRejectedValue(new mongoose.mongo.MongoNetworkError('away'));

  it('is there before the command is answered', async () => {
    const id = anId();
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const { entry: made } = await insist([a, b][index % 2]!, request(id, add(1)));
        expect(await a.journal.derived.findOne({ _id: made!._id })).not.toBeNull();
      }),
    );
  });

  it('is derived by the relay, before it publishes what a crash left behind', async () => {
    const id = anId();
    for (let seq = 1; seq <= 3; seq += 1) await a.journal.stored.insert(entry(id, seq, 1));
    for (let seen = 0; seen < 3; ) {
      const more = await eventually(async () => {
        const { length } = await replicas.published(id);
        expect(length).toBeGreaterThan(seen);
        return length;
      });
      expect((await derivedOf(id)).length).toBeGreaterThanOrEqual(more);
      seen = more;
    }
  });

  it('keeps the command from being answered and the entry from being published while it fails; then the relay makes good', async () => {
    const id = anId();
    const failing = [a, b, dead].map(fails);
    await expect(a.journal.append(request(id, add(1)))).rejects.toThrow('away');
    await eventually(() => expect(failing.reduce((calls, spy) => calls + spy.mock.calls.length, 0)).toBeGreaterThan(3));
    expect(await replicas.published(id)).toEqual([]);
    for (const spy of failing) spy.mockRestore();
    await relayed(async () => expect(await replicas.published(id)).toEqual([{ seq: 1, total: 1 }]));
    expect(await derivedOf(id)).toHaveLength(1);
  });

  it('is derived by whoever answers the command again, and by whoever publishes a later one first', async () => {
    const [id, key] = [anId(), `again-${named}`];
    await a.journal.stored.insert({ ...entry(id, 1, 1), commandKey: key, fingerprint: null, at: new Date(Date.now() + 3_000) });
    await b.journal.append(request(id, add(1), key, null));
    expect(await derivedOf(id)).toEqual([entryId(id, 1)]);
    const later = anId();
    await a.journal.stored.insert({ ...entry(later, 1, 1), at: new Date(Date.now() + 3_000) });
    await b.journal.append(request(later, add(1)));
    await relayed(async () => expect((await replicas.published(later)).map(({ seq }) => seq)).toEqual([1, 2]));
    expect(await derivedOf(later)).toHaveLength(2);
  });
});

describe('verify', () => {
  const differenceOf = async (id: string): Promise<string | undefined> => {
    let cursor: string | null = null;
    do {
      const page = await a.journal.verify(cursor, 7);
      const found = page.differences.find(({ aggregateId }) => aggregateId === id);
      if (found) return found.difference;
      cursor = page.nextCursor;
    } while (cursor !== null);
    return undefined;
  };

  it('finds a rebuild equal to every projection that the mechanism wrote', async () => {
    const id = anId();
    await a.journal.append(request(id, add(1)));
    expect(await differenceOf(id)).toBeUndefined();
    expect(await a.journal.rebuild(id)).toEqual(await a.journal.get(id));
  });

  it.each([
    ['a changed projection', (id: string) => a.journal.stored.projections.updateOne({ _id: id }, { $set: { total: 99 } }), 'differs in total'],
    ['a missing entry', (id: string) => a.journal.stored.entries.deleteOne({ _id: entryId(id, 1) }), 'seq 1 is missing'],
    ['a projection ahead of its history', (id: string) => a.journal.stored.projections.updateOne({ _id: id }, { $set: { seq: 5 } }), 'at seq 5, ahead of its history'],
  ])('finds %s', async (_, plant, difference) => {
    const id = anId();
    await a.journal.append(request(id, add(1)));
    await a.journal.append(request(id, add(1)));
    await plant(id);
    expect(await differenceOf(id)).toBe(difference);
  });
});

it('serves its look-ups from indexes', async () => {
  const { entries } = a.journal.stored;
  for (const filter of [{ commandKey: 'key1' }, { _id: { $gt: entryId('counter1', 0), $lt: 'counter1;' } }]) {
    const explained = (await entries.find(filter).explain('executionStats')) as { executionStats: { totalKeysExamined: number; nReturned: number } };
    expect(explained.executionStats.totalKeysExamined).toBeGreaterThan(0);
    expect(explained.executionStats.totalKeysExamined).toBeLessThanOrEqual(explained.executionStats.nReturned + 1);
  }
});
