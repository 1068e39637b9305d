import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

import type { PartContext } from '../stack-part.js';
import { partVariable, stackVariable } from './process-table.js';

export interface PartCommand {
  readonly part: 'nats' | 'postgres' | 'gateway' | 'mongod';
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** The gateway ends when its standard input closes and says its port on standard output. */
  readonly pipes?: boolean;
}

export interface PartProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
}

/** Starts a process of the stack in a session of its own, so that a Ctrl+C meant for its parent does not reach it. */
export async function spawnPart(context: Pick<PartContext, 'dir' | 'watch'>, command: PartCommand): Promise<PartProcess> {
  const log = openSync(command.logFile, 'a');
  const stdio: StdioOptions = command.pipes ? ['pipe', 'pipe', log] : ['ignore', log, log];
  const child = spawn(command.command, command.args, {
    cwd: '/',
    detached: true,
    stdio,
    env: { ...process.env, ...command.env, [stackVariable]: context.dir, [partVariable]: command.part },
    ...command.user,
  });
  closeSync(log);
  const spawned = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<string>();
  child.once('error', spawned.reject);
  child.once('spawn', spawned.resolve);
  child.once('exit', (code, signal) => ended.resolve(signal ?? `exit code ${code}`));
  await spawned.promise;
  if (child.pid === undefined) throw new Error(`${command.command} has no process id`);
  context.watch(child.pid);
  // It is the watchdog that ends it; it shall not keep this process from ending.
  child.unref();
  return { pid: child.pid, child, ended: ended.promise };
}

export class PartDied extends Error {
  override readonly name = 'PartDied';
}

/** Waits for `ready`, or fails with the end of the log as soon as the process is gone. */
export async function readyOrDied(started: PartProcess, command: PartCommand, ready: (gone: AbortSignal) => Promise<void>): Promise<void> {
  const gone = new AbortController();
  const died = started.ended.then((how) => {
    gone.abort();
    throw new PartDied(`${command.part} ended while it started (${how}): ${lastLines(command.logFile)}`);
  });
  await Promise.race([ready(gone.signal), died]);
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n');
}
