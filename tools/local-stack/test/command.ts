import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { stackMain } from '../src/paths.js';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Without the variables of whoever runs the tests, so that the stack is this machine's own. */
function environmentOf(extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/(NATS|MONGO)_URL$/.test(name));
  return { ...Object.fromEntries(others), ...extra };
}

/** Runs `npm run stack -- …` to its end. */
export async function stackCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const child = spawn(process.execPath, [stackMain, ...args], { env: environmentOf(environment), stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

export interface Foreground {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The next line of its standard output that matches. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  write(text: string): void;
}

/** Starts `npm run stack -- …` and leaves it running. */
export function startCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Foreground {
  const child = spawn(process.execPath, [stackMain, ...args], { env: environmentOf(environment), stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const next = await lines.next();
      if (next.done) throw new Error(`It ended without a line like ${pattern}`);
      const match = pattern.exec(next.value);
      if (match) return match;
    }
  };
  return { child, pid: child.pid!, line, write: (text) => child.stdin.write(text) };
}

/** The two URLs that `up` prints. */
export async function urlsOf(running: Foreground): Promise<{ nats: string; database: string }> {
  const [, nats] = await running.line(/^NATS_URL=(.*)$/);
  const [, database] = await running.line(/^MONGO_URL=(.*)$/);
  return { nats: nats!, database: database! };
}
