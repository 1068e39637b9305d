import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ChildOptions {
  readonly url: string;
  /** Where it writes what it handled. */
  readonly file: string;
  readonly ackWaitMs?: number;
  readonly maxErrors?: number;
}

/** A replica in a process of its own, that a test may kill. */
export class ChildReplica {
  private begun = 0;
  private isReady = false;

  private constructor(
    private readonly process: ChildProcess,
    private readonly file: string,
  ) {}

  static start({ url, file, ackWaitMs = 1_000, maxErrors = 5 }: ChildOptions): ChildReplica {
    writeFileSync(file, '', { flag: 'a' });
    const child = fork(join(__dirname, 'child-main.ts'), [url, file, String(ackWaitMs), String(maxErrors)], {
      execArgv: ['--conditions=@relevo/source', '--import', join(__dirname, 'ts-hooks.mjs')],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const replica = new ChildReplica(child, file);
    child.on('message', (message) => {
      if (typeof message !== 'object') return;
      if ('begun' in message) replica.begun++;
      if ('ready' in message) replica.isReady = true;
    });
    return replica;
  }

  async ready(): Promise<void> {
    while (!this.isReady) await once(this.process, 'message');
  }

  /** Resolves once it has begun that many events. */
  async hasBegun(count: number): Promise<void> {
    while (this.begun < count) await once(this.process, 'message');
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    this.process.kill(signal);
    return this.exited();
  }

  async exited(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    const { process } = this;
    if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
    return { code: process.exitCode, signal: process.signalCode };
  }

  get handled(): string[] {
    return readFileSync(this.file, 'utf8').split('\n').filter(Boolean);
  }
}
