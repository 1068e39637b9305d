import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Controller, type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { CloseInactive, closeInactive, type CloseInactiveReport, ResumeMerges, resumeMerges, type ResumeMergesReport } from '@relevo/contracts';
import { Handles, requestsOf } from '@relevo/messaging';
import { PlatformModule, readConfig, ServiceConfig } from '@relevo/platform';
import { type Compose, type Replicas, startReplicas } from '@relevo/testing';
import mongoose, { type Connection } from 'mongoose';
import { compose } from '../src/app.module.js';

/** Stands in for the owners of conversations and of customers: says what it is told to, and counts. */
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

const asleepMs = 3_600_000;

@Controller()
class OwnerStub {
  constructor(private readonly owner: Owner) {}

  @Handles(closeInactive)
  handle(_request: CloseInactive): Promise<CloseInactiveReport> {
    return Promise.resolve(this.owner.answer());
  }

  @Handles(resumeMerges)
  merges(_request: ResumeMerges): Promise<ResumeMergesReport> {
    return Promise.resolve({ resumed: this.owner.answer().closed });
  }
}

@Module({})
class OwnerModule {}

const composeOwner =
  (owner: Owner): Compose =>
  (env) => {
    const config = readConfig(ServiceConfig, env);
    const module: DynamicModule = {
      module: OwnerModule,
      imports: [PlatformModule.forService('conversations', config)],
      providers: [{ provide: Owner, useValue: owner }],
      controllers: [OwnerStub],
    };
    return { module, config, microservices: [requestsOf('conversations', config)] };
  };

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

/** A stub for the owner of conversations, and replicas of the scheduler, each in a process of its own. */
export class System {
  private readonly schedulers: Scheduler[] = [];
  private readonly owners: INestApplication[] = [];

  private constructor(
    private readonly replicas: Replicas,
    readonly database: Connection,
  ) {}

  /** The job that a test is not of sleeps. */
  static async start(intervals: { close?: number; merges?: number }): Promise<System> {
    const replicas = await startReplicas({ service: 'scheduler', compose, count: 0, env: { AUTOMATIC_CLOSE_INTERVAL_MS: String(intervals.close ?? asleepMs), RESUME_MERGES_INTERVAL_MS: String(intervals.merges ?? asleepMs) } });
    const { MONGO_URL = '', MONGO_DB_PREFIX } = replicas.env;
    const database = await mongoose.createConnection(MONGO_URL, { dbName: `${MONGO_DB_PREFIX}_scheduler` }).asPromise();
    return new System(replicas, database);
  }

  get nats(): Replicas['nats'] {
    return this.replicas.nats;
  }

  async startOwner(): Promise<Owner> {
    const owner = new Owner();
    this.owners.push(await this.replicas.beside(composeOwner(owner)));
    return owner;
  }

  async startScheduler(): Promise<Scheduler> {
    // Tests read what it logs.
    const scheduler = await Scheduler.start({ ...this.replicas.env, LOG_LEVEL: 'info' });
    this.schedulers.push(scheduler);
    return scheduler;
  }

  /** One that a test may look into. */
  startInProcess(): Promise<INestApplication> {
    return this.replicas.another();
  }

  /** Between tests: nobody runs, nobody leads. */
  async reset(): Promise<void> {
    await Promise.all(this.schedulers.splice(0).map((scheduler) => scheduler.end('SIGKILL')));
    await this.replicas.close(...this.owners.splice(0), ...this.replicas.apps);
    await this.database.collection('leases').deleteMany({});
  }

  async stop(): Promise<void> {
    await this.reset();
    await this.database.close();
    await this.replicas.stop();
  }
}
