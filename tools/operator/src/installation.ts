import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { connectionOptions, DeadLetters, MessageBus } from '@relevo/messaging';
import { readConfig, ServiceConfig } from '@relevo/platform';

/** What an operator works on: the services, asked over NATS like anybody else asks them. */
export interface Installation {
  readonly nats: NatsConnection;
  readonly bus: MessageBus;
  readonly deadLetters: DeadLetters;
  close(): Promise<void>;
}

const workspaceRoot = join(import.meta.dirname, '..', '..', '..');

/** `NATS_URL`, with the operator's name and password, or that of the `npm start` that runs from this clone. */
function natsUrlOf(env: NodeJS.ProcessEnv): string {
  if (env.NATS_URL) return env.NATS_URL;
  const stackFile = join(resolve(env.RELEVO_LOCAL_DIR || join(workspaceRoot, '.local')), 'stack', 'stack.json');
  try {
    const { natsUrl } = JSON.parse(readFileSync(stackFile, 'utf8')) as { natsUrl?: string };
    if (natsUrl) return natsUrl;
  } catch {
    // Said below, with what to do about it.
  }
  throw new Error('No NATS: set NATS_URL, or run npm start in this clone.');
}

export async function connectInstallation(env: NodeJS.ProcessEnv): Promise<Installation> {
  const config = readConfig(ServiceConfig, { NATS_URL: natsUrlOf(env), OUTAGE_MS: env.OUTAGE_MS, REQUEST_TIMEOUT_MS: env.REQUEST_TIMEOUT_MS });
  // An operator is at the keyboard: nothing there is an answer, not something to wait for.
  const nats = await connect({ ...connectionOptions('operator', config), waitOnFirstConnect: false, maxReconnectAttempts: 1, timeout: Math.max(2_000, config.OUTAGE_MS) });
  const bus = new MessageBus(nats, config.REQUEST_TIMEOUT_MS);
  bus.onModuleInit();
  return { nats, bus, deadLetters: new DeadLetters(nats), close: () => nats.close() };
}
