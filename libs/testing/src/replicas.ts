import { randomBytes } from 'node:crypto';
import { type INestApplication, Logger } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { ActorKind, ActorOf, Rpc } from '@relevo/contracts';
import { type NatsUser, type Stack, startStack } from '@relevo/local-stack';
import { type Body, connectionOptions, ensureStreams, MessageBus } from '@relevo/messaging';
import { type Composition, newId, readConfig, ServiceConfig, startApplication } from '@relevo/platform';
import type { Connection } from 'mongoose';
import { patience, patientEnv, patientSilenceSeconds } from './patience.js';

/** Long, because tests ask for much at once on machines that do other things too. */
const answerWithinMs = 60_000;

export type Settings = Readonly<Record<string, string>>;

/** A service, or what stands in for one, as an environment sets it up. */
export type Compose = (env: NodeJS.ProcessEnv) => Composition;

export interface ReplicasOptions {
  /** Whose replicas they are: the NATS user that they run as. */
  readonly service: NatsUser;
  /** The service's own, which its `main.ts` runs too. */
  readonly compose: Compose;
  /** 2 when absent. */
  readonly count?: number;
  /** The service's settings, over those that point it at the stack. */
  readonly env?: Settings;
  /** Stubs of the services that it asks: up before it, down after it. */
  readonly beside?: readonly Compose[];
}

/** Replicas of one service in this process, on a real NATS and database, asked over NATS like anybody would. */
export class Replicas {
  /** Those that run now. */
  readonly apps: INestApplication[] = [];
  readonly bus: MessageBus;
  private readonly stubs: INestApplication[] = [];
  private started = 0;

  constructor(
    readonly stack: Stack,
    /** What a replica in a process of its own needs to be one of these. */
    readonly env: Settings,
    /** The test's own connection, which may do anything. */
    readonly nats: NatsConnection,
    private readonly compose: Compose,
  ) {
    this.bus = new MessageBus(nats, patience.REQUEST_TIMEOUT_MS);
    this.bus.onModuleInit();
  }

  /** The service's database, as its first replica is connected to it. */
  get database(): Connection {
    const [app] = this.apps;
    if (!app) throw new Error('No replica runs');
    return app.get<Connection>(getConnectionToken());
  }

  async another(more: Settings = {}): Promise<INestApplication> {
    const app = await this.run(this.compose, { REPLICA: String(++this.started), ...more });
    this.apps.push(app);
    return app;
  }

  /** Stands in for a service that this one asks, until the test closes it or ends. */
  async beside(compose: Compose): Promise<INestApplication> {
    // It may stand in for several, so it is nobody in particular.
    const app = await this.run(compose, { NATS_URL: this.stack.nats.url });
    this.stubs.push(app);
    return app;
  }

  /** Stops some before the end. */
  async close(...apps: readonly INestApplication[]): Promise<void> {
    for (const list of [this.apps, this.stubs]) list.splice(0, list.length, ...list.filter((app) => !apps.includes(app)));
    await all(apps.map((app) => app.close()));
  }

  ask<Request extends object, Reply extends object, Kind extends ActorKind>(
    rpc: Rpc<Request, Reply, Kind>,
    body: Body<Request>,
    actor: ActorOf<Kind>,
    correlationId = newId(),
  ): Promise<Reply> {
    return this.bus.request(rpc, body, { actor, correlationId }, answerWithinMs);
  }

  /** All of it, even when a part of it fails to stop; that is told at the end. */
  async stop(): Promise<void> {
    const parts = [() => this.nats.close(), () => this.close(...this.apps), () => this.close(...this.stubs), () => this.stack.stop()];
    const failures: unknown[] = [];
    for (const stop of parts) await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private run(compose: Compose, more: Settings = {}): Promise<INestApplication> {
    const { module, config, microservices, configure } = compose({ ...this.env, ...more });
    return startApplication(module, config, microservices, configure);
  }
}

/** Like `Promise.all`, but fails only once nothing is under way any more. */
async function all<T>(tasks: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(tasks);
  return Promise.all(tasks);
}

/**
 * Ready to be asked, on a throw-away engine. In `beforeAll`, with `stop` in `afterAll`: a start takes seconds. Nothing
 * is left of one that fails.
 */
export async function startReplicas({ service, compose, count = 2, env = {}, beside = [] }: ReplicasOptions): Promise<Replicas> {
  // Tests plant failures; what services say of them is not the test's.
  Logger.overrideLogger(false);
  const stack = await startStack({ ephemeral: true, natsSilenceSeconds: patientSilenceSeconds });
  const common = {
    NODE_ENV: 'test',
    NATS_URL: stack.nats.urlFor(service),
    MONGO_URL: stack.database.url,
    // An engine that the environment names is not thrown away.
    MONGO_DB_PREFIX: `test_${randomBytes(4).toString('hex')}`,
    LOG_LEVEL: 'silent',
    ...patientEnv,
  };
  const nats = await connect(connectionOptions('test', readConfig(ServiceConfig, { ...common, NATS_URL: stack.nats.url }))).catch(async (error: unknown) => {
    await stack.stop();
    throw error;
  });
  const replicas = new Replicas(stack, { ...common, ...env }, nats, compose);
  try {
    await ensureStreams(nats);
    await all(beside.map((stub) => replicas.beside(stub)));
    await all(Array.from({ length: count }, () => replicas.another()));
    return replicas;
  } catch (error) {
    // What kept it from starting is what the test's author wants to know.
    await replicas.stop().catch(() => undefined);
    throw error;
  }
}
