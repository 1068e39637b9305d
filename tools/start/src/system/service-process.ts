import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { RecentLines } from './recent-lines.js';
import { mainOf, type ServiceName } from './services.js';

export type ProcessState = 'starting' | 'ready' | 'ended';

/** One replica of a service, as others see it. */
export interface ServiceProcess {
  readonly service: ServiceName;
  /** From 1. */
  readonly replica: number;
  readonly state: ProcessState;
  /** Undefined once it has ended. */
  readonly pid: number | undefined;
  /** Where it serves HTTP; known once it was ready, and the same after a restart. */
  readonly url: string | undefined;
}

export interface ReplicaSettings {
  readonly service: ServiceName;
  readonly replica: number;
  /** Where it serves HTTP, in every life of it. */
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
  /** Another program than the service's own, for tests. */
  readonly main?: string;
  /** Its output also goes there. */
  readonly logFile?: string;
  /** How long it may take until it serves. */
  readonly readyWithinMs: number;
  /** It ended although nobody asked it to. */
  readonly onDeath: (how: string) => void;
}

const keptLines = 500;
/** Enough of a stack trace to act on. */
const shownLines = 30;

export class Replica implements ServiceProcess {
  readonly service: ServiceName;
  readonly replica: number;
  readonly port: number;
  state: ProcessState = 'ended';
  url: string | undefined;
  private child: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();
  private expected = false;
  private readonly errors = new RecentLines(keptLines);
  private readonly output: RecentLines;
  private readonly log: WriteStream | undefined;

  constructor(private readonly settings: ReplicaSettings) {
    this.service = settings.service;
    this.replica = settings.replica;
    this.port = settings.port;
    this.log = settings.logFile === undefined ? undefined : createWriteStream(settings.logFile, { mode: 0o600 });
    this.output = new RecentLines(keptLines, (line) => this.log?.write(`${line}\n`));
  }

  get name(): string {
    return `${this.service}-${this.replica}`;
  }

  get pid(): number | undefined {
    return this.state === 'ended' ? undefined : this.child?.pid;
  }

  /** The last lines of its output, those of earlier lives included. */
  get lines(): string[] {
    return this.output.all();
  }

  /** Resolves when it serves; rejects with what it said when it does not. */
  async start(): Promise<void> {
    if (this.state !== 'ended') throw new Error(`${this.name} runs already`);
    const { env, main = mainOf(this.service), readyWithinMs } = this.settings;
    // In a process group of its own: Ctrl+C is for the parent, who stops everything in order.
    const child = spawn(process.execPath, ['--enable-source-maps', main], {
      env: { ...env, PORT: String(this.port) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.child = child;
    this.state = 'starting';
    this.expected = false;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.output.write(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.output.write(text);
      this.errors.write(text);
    });
    const ready = Promise.withResolvers<void>();
    const exited = Promise.withResolvers<void>();
    this.exited = exited.promise;
    const late = setTimeout(() => {
      ready.reject(new Error(`${this.name} is not ready after ${readyWithinMs / 1000} s`));
      this.send('SIGKILL');
    }, readyWithinMs);
    child.on('message', (message) => {
      if (!isReady(message)) return;
      clearTimeout(late);
      this.state = 'ready';
      this.url = message.url;
      ready.resolve();
    });
    child.once('error', (error) => {
      ready.reject(error);
      if (child.pid !== undefined) return;
      // It never was, so nothing will close.
      this.state = 'ended';
      exited.resolve();
    });
    // Not `exit`: by `close` everything that it said has arrived.
    child.once('close', (code, signal) => {
      clearTimeout(late);
      const wasReady = this.state === 'ready';
      this.state = 'ended';
      exited.resolve();
      const how = signal === null ? `code ${code}` : signal;
      ready.reject(new Error([`${this.name} could not start (${how})`, ...this.errors.all().slice(-shownLines)].join('\n')));
      if (wasReady && !this.expected) this.settings.onDeath(how);
    });
    return ready.promise;
  }

  /** Sends a signal, and waits for the end that it brings; signals that pause or wake bring none. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    if (signal === 'SIGSTOP' || signal === 'SIGCONT') {
      this.send(signal);
      return;
    }
    this.expected = true;
    this.send(signal);
    this.send('SIGCONT');
    await this.exited;
  }

  /** SIGTERM, and SIGKILL for what is still there after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.expected = true;
    const patience = setTimeout(() => this.send('SIGKILL'), graceMs);
    this.send('SIGTERM');
    // A paused one would get it only when it goes on.
    this.send('SIGCONT');
    await this.exited;
    clearTimeout(patience);
  }

  closeLog(): void {
    this.log?.end();
  }

  private send(signal: NodeJS.Signals): void {
    if (this.state !== 'ended') this.child?.kill(signal);
  }
}

const isReady = (message: unknown): message is { ready: true; url: string } =>
  typeof message === 'object' && message !== null && 'ready' in message && message.ready === true && 'url' in message && typeof message.url === 'string';
