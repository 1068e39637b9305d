import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Controller, type DynamicModule, type INestApplication, Logger, Module } from '@nestjs/common';
import { CloseInactive, closeInactive, type CloseInactiveReport } from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { Handles, requestsOf } from '@relevo/messaging';
import { PlatformModule, readConfig, ServiceConfig, startApplication } from '@relevo/platform';
import mongoose, { type Connection } from 'mongoose';

/** Stands in for the owner of conversations: says what it is told to, and counts. */
export class Owner extends EventEmitter {
  calls = 0;
  /** What the next calls answer; nothing to close after that. */
  reports: CloseInactiveReport[] = [];

  answer(): CloseInactiveReport {
    this.calls += 1;
    this.emit('call');
    return this.reports.shift() ?? { closed: 0, more: false };
  }

  async hasBeenCalled(times: number): Promise<void> {
    while (this.calls < times) await once(this, 'call');
  }
}

@Controller()
class CloseInactiveStub {
  constructor(private readonly owner: Owner) {}

  @Handles(closeInactive)
  handle(_request: CloseInactive): Promise<CloseInactiveReport> {
    return Promise.resolve(this.owner.answer());
  }
}

@Module({})
class OwnerModule {
  static with(owner: Owner, config: ServiceConfig): DynamicModule {
    return {
      module: OwnerModule,
      imports: [PlatformModule.forService('conversations', config)],
      providers: [{ provide: Owner, useValue: owner }],
      controllers: [CloseInactiveStub],
    };
  }
}

/** A replica of the scheduler in a process of its own, that a test may kill. */
export class Scheduler {
  readonly log: string[] = [];

  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {
    if (process.stdout) createInterface(process.stdout).on('line', (line) => this.log.push(line));
  }

  static async start(env: Record<string, string>): Promise<Scheduler> {
    const child = fork(join(__dirname, '../dist/main.js'), { env: { PATH: process.env.PATH, ...env }, execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    const [message] = (await once(child, 'message')) as [{ ready: boolean; url: string }];
    return new Scheduler(child, message.url);
  }

  /** The value of a counter. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill(signal);
    await once(this.process, 'exit');
  }
}

/** A real NATS and database, a stub for the owner of conversations, and replicas of the scheduler. */
export class System {
  private readonly schedulers: Scheduler[] = [];
  private ownerApp: INestApplication | null = null;

  private constructor(
    private readonly stack: Stack,
    readonly database: Connection,
    private readonly env: Record<string, string>,
  ) {}

  static async start(intervalMs: number): Promise<System> {
    Logger.overrideLogger(false);
    const stack = await startStack({ ephemeral: true });
    const prefix = `test_${randomBytes(4).toString('hex')}`;
    const database = await mongoose.createConnection(stack.database.url, { dbName: `${prefix}_scheduler` }).asPromise();
    const env = { NODE_ENV: 'test', NATS_URL: stack.nats.url, MONGO_URL: stack.database.url, MONGO_DB_PREFIX: prefix };
    return new System(stack, database, { ...env, AUTOMATIC_CLOSE_INTERVAL_MS: String(intervalMs) });
  }

  async startOwner(): Promise<Owner> {
    const owner = new Owner();
    const config = readConfig(ServiceConfig, { ...this.env, LOG_LEVEL: 'silent' });
    this.ownerApp = await startApplication(OwnerModule.with(owner, config), config, [requestsOf('conversations', config)]);
    return owner;
  }

  async startScheduler(): Promise<Scheduler> {
    const scheduler = await Scheduler.start(this.env);
    this.schedulers.push(scheduler);
    return scheduler;
  }

  /** Between tests: nobody runs, nobody leads. */
  async reset(): Promise<void> {
    await Promise.all(this.schedulers.splice(0).map((scheduler) => scheduler.end('SIGKILL')));
    await this.ownerApp?.close();
    this.ownerApp = null;
    await this.database.collection('leases').deleteMany({});
  }

  async stop(): Promise<void> {
    await this.reset();
    await this.database.close();
    await this.stack.stop();
  }
}
