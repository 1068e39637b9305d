import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Stack } from '@relevo/local-stack';
import { connectionOf } from './connection.js';
import { floor } from './words.js';

/** Processes run what was built, from src/ (in tests) as from dist/. */
const mainOf = (name: string): string => join(import.meta.dirname, '..', '..', 'dist', 'floor', `${name}.js`);

const readyWithinMs = 120_000;

export interface FloorOptions {
  readonly stack: { readonly nats: Pick<Stack['nats'], 'url'>; readonly database: Pick<Stack['database'], 'url'> };
  /** Holds the conversations that it is to know. */
  readonly database: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The least that sends and delivers a message: two processes on the product's own engine. */
export interface Floor {
  readonly gatewayUrl: string;
  readonly gatewayPid: number;
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

async function makeStream(natsUrl: string): Promise<void> {
  const nats = await connect(connectionOf(natsUrl, 'bench'));
  try {
    const { streams } = await jetstreamManager(nats);
    await streams.delete(floor.stream).catch(() => false);
    await streams.add({ name: floor.stream, subjects: [floor.event], storage: StorageType.File, retention: RetentionPolicy.Limits });
  } finally {
    await nats.close();
  }
}

async function run(name: string, env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const child = fork(mainOf(name), { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { promise, resolve, reject } = Promise.withResolvers<{ url: string }>();
  const late = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`${name} is not ready after ${readyWithinMs / 1000} s`));
  }, readyWithinMs);
  child.once('message', (message) => resolve(message as { url: string }));
  child.once('exit', (code, signal) => reject(new Error(`${name} ended (${signal ?? `code ${code}`})`)));
  try {
    const { url } = await promise;
    return { child, pid: child.pid ?? 0, url };
  } finally {
    clearTimeout(late);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

export async function startFloor({ stack, database, env = {} }: FloorOptions): Promise<Floor> {
  await makeStream(stack.nats.url);
  const all = { ...process.env, NATS_URL: stack.nats.url, MONGO_URL: stack.database.url, FLOOR_DATABASE: database, ...env };
  const owner = await run('floor-owner', all);
  const gateway = await run('floor-gateway', all).catch(async (error: unknown) => {
    await end(owner.child);
    throw error;
  });
  return {
    gatewayUrl: gateway.url,
    gatewayPid: gateway.pid,
    pids: [gateway.pid, owner.pid],
    stop: async () => {
      await Promise.all([end(gateway.child), end(owner.child)]);
    },
  };
}
