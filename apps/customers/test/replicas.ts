import { randomBytes } from 'node:crypto';
import { type INestApplication, Logger } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type ActorKind, type ActorOf, type Rpc } from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { type Body, MessageBus, requestsOf } from '@relevo/messaging';
import { newId, readConfig, startApplication } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { AppModule, service } from '../src/app.module.js';
import { CustomersConfig } from '../src/config.js';

/** Replicas of the service in this process, on a real NATS and database, asked over NATS like anybody would. */
export class Replicas {
  private constructor(
    private readonly stack: Stack,
    readonly apps: INestApplication[],
    readonly nats: NatsConnection,
    private readonly bus: MessageBus,
  ) {}

  static async start(count: number): Promise<Replicas> {
    Logger.overrideLogger(false);
    const stack = await startStack({ ephemeral: true });
    const prefix = `test_${randomBytes(4).toString('hex')}`;
    const apps = await Promise.all(
      Array.from({ length: count }, (_, index) => {
        const config = readConfig(CustomersConfig, {
          NODE_ENV: 'test',
          NATS_URL: stack.nats.url,
          MONGO_URL: stack.database.url,
          MONGO_DB_PREFIX: prefix,
          LOG_LEVEL: 'silent',
          REPLICA: String(index + 1),
        });
        return startApplication(AppModule.with(config), config, [requestsOf(service, config)]);
      }),
    );
    const nats = await connect({ servers: new URL(stack.nats.url).host });
    const bus = new MessageBus(nats);
    bus.onModuleInit();
    return new Replicas(stack, apps, nats, bus);
  }

  get database(): Connection {
    return this.apps[0]!.get<Connection>(getConnectionToken());
  }

  ask<Request extends object, Reply extends object, Kind extends ActorKind>(
    rpc: Rpc<Request, Reply, Kind>,
    body: Body<Request>,
    actor: ActorOf<Kind>,
  ): Promise<Reply> {
    return this.bus.request(rpc, body, { actor, correlationId: newId() }, 20_000);
  }

  async stop(): Promise<void> {
    await this.nats.close();
    await Promise.all(this.apps.map((app) => app.close()));
    await this.stack.stop();
  }
}
