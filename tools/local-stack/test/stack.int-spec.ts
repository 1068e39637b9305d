import { Types } from 'mongoose';

import { type Stack, startStack } from '../src/index.js';
import { processesOf } from '../src/processes/process-table.js';
import { killTree } from '../src/processes/signals.js';
import { aDatabase, aNatsConnection, closeClients, keep, kept } from './clients.js';
import { aFolder, removeFolders } from './folders.js';

const running: Stack[] = [];

async function aStack(dataDir?: string): Promise<Stack> {
  const stack = await startStack({ ignoreEnvironment: true, ...(dataDir ? { dataDir } : { ephemeral: true }) });
  running.push(stack);
  return stack;
}

const urlsOf = ({ nats, database }: Stack) => ({ nats: nats.url, database: database.url });

afterEach(async () => {
  await closeClients();
  await Promise.all(running.splice(0).map((stack) => stack.stop()));
  await removeFolders();
});

describe('two stacks side by side', () => {
  it('have their own data', async () => {
    const [one, other] = await Promise.all([aStack(), aStack()]);
    await keep(urlsOf(one), 'mine');
    expect(await kept(urlsOf(one))).toEqual({ message: 'mine', document: 'mine' });
    expect(await kept(urlsOf(other))).toEqual({});
  });
});

describe('a stack with a folder of its own', () => {
  it('has the same data and URLs at the next start', async () => {
    const dir = await aFolder();
    const first = await aStack(dir);
    await keep(urlsOf(first), 'yesterday');
    await closeClients();
    await first.stop();
    expect(processesOf(dir)).toEqual([]);
    const second = await aStack(dir);
    expect(urlsOf(second)).toEqual(urlsOf(first));
    // What was stopped before is no longer in charge of the folder.
    await first.stop();
    expect(await kept(urlsOf(second))).toEqual({ message: 'yesterday', document: 'yesterday' });
  });

  it('ends when told even if somebody has killed its watchdog', async () => {
    const dir = await aFolder();
    const stack = await aStack(dir);
    const watchdogs = processesOf(dir).filter(({ part }) => part === 'watchdog');
    expect(watchdogs).toHaveLength(1);
    await killTree(watchdogs[0]!.pid);
    await stack.stop();
    expect(processesOf(dir)).toEqual([]);
  });

  it('is not started twice', async () => {
    const dir = await aFolder();
    const first = await aStack(dir);
    await expect(aStack(dir)).rejects.toThrow(`runs already, as part of process ${process.pid}: nats://${new URL(first.nats.url).host}`);
    expect(await kept(urlsOf(first))).toEqual({});
  });
});

describe('the database', () => {
  it('has after kill -9 and a restart all that was acknowledged, for the same client', async () => {
    const { database } = await aStack();
    const documents = (await aDatabase(database.url)).collection('documents');
    const ids = Array.from({ length: 50 }, () => new Types.ObjectId());
    await Promise.all(ids.map((_id) => documents.insertOne({ _id })));
    await database.kill();
    const afterwards = documents.insertOne({});
    await database.restart();
    await afterwards;
    expect(await documents.countDocuments({ _id: { $in: ids } })).toBe(ids.length);
  });

  it('answers nothing while it is paused, and then everything', async () => {
    const { database } = await aStack();
    const documents = (await aDatabase(database.url)).collection('documents');
    await documents.insertOne({});
    await database.pause();
    const outcomes: string[] = [];
    const counting = documents.countDocuments({}).then(() => outcomes.push('answer'));
    // By another server's answer, time has passed in which this one could have answered.
    const { database: other } = await aStack();
    await (await aDatabase(other.url)).collection('documents').insertOne({});
    expect(outcomes).toEqual([]);
    await database.resume();
    await counting;
    expect(outcomes).toEqual(['answer']);
  });
});

describe('NATS', () => {
  it('has its streams after kill -9 and a restart, and clients come back', async () => {
    const stack = await aStack();
    await keep(urlsOf(stack), 'before');
    const client = await aNatsConnection(stack.nats.url);
    const statuses = client.status();
    await stack.nats.kill();
    const restarted = stack.nats.restart();
    for await (const { type } of statuses) if (type === 'reconnect') break;
    await restarted;
    await client.flush();
    expect(await kept(urlsOf(stack))).toMatchObject({ message: 'before' });
  });

  it('answers nothing while it is paused, and then everything', async () => {
    const { nats } = await aStack();
    const client = await aNatsConnection(nats.url);
    await nats.pause();
    const outcomes: string[] = [];
    const flushing = client.flush().then(() => outcomes.push('answer'));
    const { nats: other } = await aStack();
    await (await aNatsConnection(other.url)).flush();
    expect(outcomes).toEqual([]);
    await nats.resume();
    await flushing;
    expect(outcomes).toEqual(['answer']);
  });

  it('takes messages of 8 MB', async () => {
    const { nats } = await aStack();
    const client = await aNatsConnection(nats.url);
    expect(client.info?.max_payload).toBe(8 * 1024 * 1024);
  });
});
