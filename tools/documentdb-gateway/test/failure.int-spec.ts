import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { MongoClient } from 'mongodb';

import { startDocumentDbGateway } from '../src/index.js';
import { Fixture } from './fixture.js';
import { asSent, WireClient } from './wire-client.js';

let fixture: Fixture;
beforeAll(async () => (fixture = await Fixture.start()));
afterAll(() => fixture.stop());

describe('when the database is killed under load', () => {
  it('nothing that was acknowledged is lost, nothing is applied twice, and clients go on by themselves', async () => {
    const database = await fixture.database();
    const log = database.collection<{ _id: string }>('log');
    const counters = database.collection<{ _id: number; value: number }>('counters');
    await counters.insertMany(Array.from({ length: 8 }, (_, n) => ({ _id: n, value: 0 })));
    const acknowledged: string[] = [];
    const counted = Array.from({ length: 8 }, () => 0);
    let failed = 0;
    let running = true;
    const worker = async (n: number): Promise<void> => {
      for (let round = 0; running; round++) {
        try {
          await log.insertOne({ _id: `${n}-${round}` });
          acknowledged.push(`${n}-${round}`);
          await counters.bulkWrite([
            { updateOne: { filter: { _id: n }, update: { $inc: { value: 1 } } } },
            { updateOne: { filter: { _id: n }, update: { $inc: { value: 1 } } } },
          ]);
          await database.client.withSession((session) =>
            session.withTransaction(async () => {
              await counters.updateOne({ _id: n }, { $inc: { value: 1 } }, { session });
              await log.insertOne({ _id: `in a transaction ${n}-${round}` }, { session });
            }),
          );
          counted[n]! += 3;
        } catch {
          failed++;
        }
      }
    };
    const workers = Array.from({ length: 8 }, (_, n) => worker(n));
    const until = async (rows: number): Promise<void> => {
      while (acknowledged.length < rows) await log.findOne({ _id: 'a round trip, so that others get their turn' });
    };
    for (const kill of [1, 2, 3]) {
      await until(300 * kill);
      await fixture.engine.kill();
      await fixture.engine.restart();
    }
    await until(1_200);
    running = false;
    await Promise.all(workers);

    const present = new Set((await log.find().toArray()).map(({ _id }) => _id));
    expect(acknowledged.filter((id) => !present.has(id))).toEqual([]);
    // Every write was repeated by its driver until it was answered, so that none failed, and the sums are exact.
    expect(failed).toBe(0);
    expect((await counters.find().sort({ _id: 1 }).toArray()).map(({ value }) => value)).toEqual(counted);
  });

  it('clients are told that there is no primary until it is back', async () => {
    const database = await fixture.database();
    const direct = await MongoClient.connect(fixture.uri.replace('replicaSet=rs0', 'directConnection=true'), { retryReads: false });
    const hello = () => direct.db('admin').command({ hello: 1 });
    expect(await hello()).toMatchObject({ isWritablePrimary: true, setName: 'rs0', primary: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string });
    await fixture.engine.kill();
    let refused: unknown;
    while (!refused) refused = await direct.db('x').command({ ping: 1 }).then(() => undefined, (error: unknown) => error);
    expect(refused).toMatchObject({ code: 91, codeName: 'ShutdownInProgress' });
    expect(await hello()).toMatchObject({ isWritablePrimary: false, secondary: false });
    await fixture.engine.restart();
    // Waits for a primary by itself.
    await database.collection('c').insertOne({});
    expect(await hello()).toMatchObject({ isWritablePrimary: true });
    await direct.close();
  });
});

it('a gateway that starts before the database waits for it', async () => {
  await fixture.engine.kill();
  const notices: string[] = [];
  const early = await startDocumentDbGateway({ port: 0, postgresPort: fixture.engine.postgresPort, log: (line) => notices.push(line) });
  const client = new MongoClient(`mongodb://127.0.0.1:${early.port}/?replicaSet=rs0`, { serverSelectionTimeoutMS: 240_000 });
  const written = client.db('early').collection('c').insertOne({});
  await fixture.engine.restart();
  expect(await written).toMatchObject({ acknowledged: true });
  expect(notices[0]).toMatch(/^The database is not available: /);
  expect(notices.at(-1)).toBe('the database is there again');
  await client.close();
  await early.close();
});

describe('the process', () => {
  const main = join(__dirname, '../dist/main.js');
  const run = (...args: string[]): ChildProcess => spawn(process.execPath, [main, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });

  async function started(wanted = 0): Promise<{ child: ChildProcess; port: number }> {
    const child = run('--port', String(wanted), '--postgres', String(fixture.engine.postgresPort));
    const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
    return { child, port: (JSON.parse(line) as { port: number }).port };
  }

  it('says where it listens, serves, and ends with its standard input', async () => {
    const { child, port } = await started();
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?replicaSet=rs0`);
    const asked = Date.now();
    const { localTime } = (await client.db('admin').command({ hello: 1 })) as unknown as { localTime: Date };
    expect([asked <= localTime.getTime(), localTime.getTime() <= Date.now()]).toEqual([true, true]);
    await client.close();
    const exit = once(child, 'exit');
    child.stdin!.end();
    expect(await exit).toEqual([0, null]);
  });

  it('that is killed under load and started again loses nothing and applies nothing twice', async () => {
    const first = await started();
    let child = first.child;
    const counters = (await fixture.database()).collection<{ _id: number; value: number }>('counters');
    const counted = [0, 0, 0, 0];
    let running = true;
    // Not with a driver: when several of its connections break at once, it repeats the write of the first only.
    const worker = async (n: number): Promise<void> => {
      let wire = await WireClient.connect(first.port);
      const id = randomBytes(16);
      for (let round = 1n; running; round++) {
        const command = asSent(counters.dbName, { findAndModify: 'counters', query: { _id: n }, update: { $inc: { value: 1 } }, upsert: true }, id, round);
        while (!(await wire.command(command).catch(() => undefined))) {
          wire.close();
          wire = await WireClient.connect(first.port).catch(() => wire);
        }
        counted[n]!++;
      }
      wire.close();
    };
    const workers = counted.map((_, n) => worker(n));
    for (const kill of [1, 2]) {
      while (counted.some((count) => count < 100 * kill)) await counters.findOne({});
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
      child = (await started(first.port)).child;
    }
    while (counted.some((count) => count < 300)) await counters.findOne({});
    running = false;
    await Promise.all(workers);
    expect((await counters.find().sort({ _id: 1 }).toArray()).map(({ value }) => value)).toEqual(counted);
    child.stdin!.end();
  });

  it('ends when it is told to', async () => {
    const { child } = await started();
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  it('refuses arguments that it does not understand, in one line', async () => {
    const child = run('--port', 'ninety', '--postgres', '1');
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(said).toMatch(/^documentdb-gateway: --port needs a whole number; usage: .*\n$/);
  });
});

it('the start is announced as open to this machine only', () => {
  expect(fixture.notices[0]).toMatch(/^listening on 127\.0\.0\.1:\d+, on this machine only and without authentication/);
});
