import { randomBytes } from 'node:crypto';
import { type INestApplication, Logger } from '@nestjs/common';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type Actor, type ActorKind, type ActorOf, type ChannelActor, type ReceiveMessage, receiveMessage, type ReceivedMessage, type Rpc } from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { type Body, MessageBus, requestsOf } from '@relevo/messaging';
import { newId, readConfig, ServiceConfig, startApplication } from '@relevo/platform';
import { AppModule, service } from '../src/app.module.js';

export const channel: ChannelActor = { kind: 'channel', workspaceId: 'sur', id: 'api' };

/** A message of a customer, as a channel hands it on. */
export const aMessage = (externalId: string, more: Partial<Body<ReceiveMessage>> = {}): Body<ReceiveMessage> => ({
  channelId: channel.id,
  externalId,
  externalMessageId: newId(),
  customer: { id: externalId.replace('+', 'c'), name: `Cliente ${externalId}` },
  text: 'hola',
  startsIn: 'unassigned',
  teamId: null,
  ...more,
});

/** Replicas of the service in this process, on a real NATS and database, asked over NATS like anybody would. */
export class Replicas {
  private constructor(
    readonly stack: Stack,
    readonly apps: INestApplication[],
    private readonly nats: NatsConnection,
    private readonly bus: MessageBus,
  ) {}

  static async start(count: number): Promise<Replicas> {
    Logger.overrideLogger(false);
    const stack = await startStack({ ephemeral: true });
    const prefix = `test_${randomBytes(4).toString('hex')}`;
    const apps = await Promise.all(
      Array.from({ length: count }, (_, index) => {
        const config = readConfig(ServiceConfig, {
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

  ask<Request extends object, Reply extends object, Kind extends ActorKind>(
    rpc: Rpc<Request, Reply, Kind>,
    body: Body<Request>,
    actor: ActorOf<Kind> & Actor,
  ): Promise<Reply> {
    return this.bus.request(rpc, body, { actor, correlationId: newId() });
  }

  receive(externalId: string, more: Partial<Body<ReceiveMessage>> = {}): Promise<ReceivedMessage> {
    return this.ask(receiveMessage, aMessage(externalId, more), channel);
  }

  async stop(): Promise<void> {
    await this.nats.close();
    await Promise.all(this.apps.map((app) => app.close()));
    await this.stack.stop();
  }
}
