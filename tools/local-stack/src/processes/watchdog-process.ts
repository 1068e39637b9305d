import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';

import { watchdogMain } from '../paths.js';
import { watchdogPart } from './end-processes.js';
import { partVariable, stackVariable } from './process-table.js';

/** The other process that outlives this one by a moment, to end what it started. */
export class Watchdog {
  private constructor(private readonly child: ChildProcess) {}

  static async start(dir: string, ephemeral: boolean): Promise<Watchdog> {
    if (!existsSync(watchdogMain)) throw new Error('local-stack is not built: run "npm run build" first');
    const child = spawn(process.execPath, [watchdogMain, '--dir', dir, ...(ephemeral ? ['--ephemeral'] : [])], {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, [stackVariable]: dir, [partVariable]: watchdogPart },
    });
    await once(child, 'spawn');
    child.stdin?.on('error', () => undefined);
    child.unref();
    if (child.stdin instanceof Socket) child.stdin.unref();
    return new Watchdog(child);
  }

  readonly watch = (pid: number): void => {
    this.child.stdin?.write(`${pid}\n`);
  };

  /** Lets it do its work now; resolves with whether it did. */
  async release(): Promise<boolean> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return false;
    child.ref();
    const ended = once(child, 'exit');
    child.stdin?.end();
    const [code] = (await ended) as [number | null];
    return code === 0;
  }
}
