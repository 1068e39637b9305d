import { parseArgs } from 'node:util';

import { down } from './command/down.js';
import { type LocalPlace, localPlace } from './command/local-place.js';
import { throwAwayPostgres } from './command/postgres.js';
import { reset } from './command/reset.js';
import { status } from './command/status.js';
import { upDetached } from './command/up-detached.js';
import { up } from './command/up.js';

const usage = `usage: npm run stack -- <command>
  up [--detach]          start NATS and the database, until Ctrl+C or in the background
  down                   stop them
  status                 what runs and where; exit code 1 if nothing does
  reset [--yes]          stop them and delete their data
  postgres --ephemeral   PostgreSQL with DocumentDB alone, until standard input closes
`;

const wrongUse = 2;

type Options = ReturnType<typeof readArguments>['options'];

const commands = new Map<string, (place: LocalPlace, options: Options) => Promise<number>>([
  ['up', (place, { detach }) => (detach ? upDetached(place) : up(place))],
  ['down', down],
  ['status', status],
  ['reset', (place, { yes }) => reset(place, yes)],
  ['postgres', (_place, { ephemeral }) => (ephemeral ? throwAwayPostgres() : Promise.resolve(refuse()))],
]);

function main(): Promise<number> {
  const { command, options } = readArguments();
  const found = commands.get(command);
  return found === undefined ? Promise.resolve(refuse()) : found(localPlace(), options);
}

function refuse(): number {
  process.stderr.write(usage);
  return wrongUse;
}

function readArguments() {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { detach: flag, yes: flag, ephemeral: flag } });
    return { command: positionals.join(' '), options: values };
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n${usage}`);
    process.exit(wrongUse);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`local-stack: ${messageOf(error)}\n`);
    process.exit(1);
  },
);
