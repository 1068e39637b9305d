import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import { natsEnvironment, natsPasswords, natsUsers, testUser } from '../nats-users.js';
import { natsUsersFile } from '../paths.js';
import { takeFreePort } from '../processes/ports.js';
import { killTree, pauseTree, resumeTree } from '../processes/signals.js';
import { type PartCommand, type PartProcess, readyOrDied, spawnPart } from '../processes/spawn-part.js';
import { holdsWithin } from '../processes/wait.js';
import type { PartContext, StartedPart, Via } from '../stack-part.js';

const readyWithinMs = 60_000;

/** The services' limit for a message, attachments' chunks included. */
const maxPayload = '8MB';

/** A `nats-server` program of this machine, with JetStream's files in the stack's folder. */
export async function startNatsServer(program: string, via: Via, context: PartContext): Promise<StartedPart> {
  const dir = join(context.dir, 'nats');
  await mkdir(dir, { recursive: true });
  const port = await takeFreePort(context.ports[0]);
  const config = join(dir, 'nats.conf');
  await copyFile(natsUsersFile, join(dir, includedUsers));
  await writeFile(config, natsConfig({ host: '127.0.0.1', port, store: join(dir, 'jetstream'), ephemeral: context.ephemeral, natsSilenceSeconds: context.natsSilenceSeconds }));
  const command: PartCommand = {
    part: 'nats',
    command: program,
    args: ['-c', config],
    logFile: join(dir, 'nats.log'),
    env: natsEnvironment(await natsPasswords(context.dir, context.ephemeral)),
  };
  const start = (): Promise<PartProcess> => startOnce(command, port, context);
  let running = await start();
  return {
    via,
    url: `nats://127.0.0.1:${port}`,
    ports: [port],
    kill: () => killTree(running.pid),
    pause: () => pauseTree(running.pid),
    resume: () => Promise.resolve(resumeTree(running.pid)),
    restart: async () => {
      running = await start();
    },
  };
}

/** Beside the configuration: an `include` cannot name a file by its whole path. */
export const includedUsers = 'users.conf';

export interface NatsSettings {
  readonly host: string;
  readonly port: number;
  readonly store: string;
  readonly ephemeral: boolean;
  readonly natsSilenceSeconds?: number;
}

/** As in deploy/nats/nats.conf. */
const defaultSilenceSeconds = 4;

const testUserBlock = `${testUser}_user { user: ${testUser}, password: $NATS_TEST_PASSWORD, permissions { publish: ">", subscribe: ">" } }\n`;

/**
 * The users of a deployment, and in throw-away stacks the tests' own. No `http_port`: the monitor would be one more port,
 * open to any page in a browser.
 */
export function natsConfig({ host, port, store, ephemeral, natsSilenceSeconds = defaultSilenceSeconds }: NatsSettings): string {
  const users = ephemeral ? [...natsUsers, testUser] : natsUsers;
  return `server_name: relevo-local
listen: "${host}:${port}"
max_payload: ${maxPayload}
# A client that is frozen answers no ping: after ${natsSilenceSeconds} s its share of the requests goes to others.
ping_interval: "${natsSilenceSeconds / 4}s"
ping_max: 2
jetstream { store_dir: ${JSON.stringify(store)} }
include ${includedUsers}
${ephemeral ? testUserBlock : ''}authorization { users: [${users.map((user) => `$${user}_user`).join(', ')}] }
`;
}

async function startOnce(command: PartCommand, port: number, context: PartContext): Promise<PartProcess> {
  const started = await spawnPart(context, command);
  await readyOrDied(started, command, async (gone) => {
    const ready = await holdsWithin(readyWithinMs, async () => gone.aborted || (await greets(port)));
    if (!ready) throw new Error(`nats-server is not ready after ${readyWithinMs / 1000} s, see ${command.logFile}`);
  });
  return started;
}

/** A server says INFO to whoever connects. It listens only after JetStream has recovered its streams. */
export async function greets(port: number): Promise<boolean> {
  const answer = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.on('close', () => answer.resolve(false));
  socket.once('data', (greeting) => {
    answer.resolve(greeting.toString('latin1').startsWith('INFO '));
    socket.destroy();
  });
  return answer.promise;
}
