import { randomBytes } from 'node:crypto';
import { type INestApplication, Logger } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  type ActorKind,
  type ActorOf,
  type ChannelCreated,
  createChannel,
  type CreateChannel,
  type PublicConversationEvent,
  publicConversationEvents,
  type Rpc,
  type SystemActor,
} from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { type Body, durableEvents, EventPublisher, MessageBus, outgoing, requestsOf } from '@relevo/messaging';
import { newId, readConfig, ServiceConfig, startApplication } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { AppModule, service } from '../src/app.module.js';
import { ChannelsConfig } from '../src/config.js';
import { Others, OthersModule } from './others.js';

export const operator: SystemActor = { kind: 'system', id: 'cli', workspaceId: 'sur' };

/** Replicas of the service in this process, on a real NATS and database; the services it asks are stubs. */
export class Replicas {
  readonly apps: INestApplication[] = [];
  readonly others = new Others();

  private constructor(
    private readonly stack: Stack,
    private readonly env: Record<string, string>,
    private readonly nats: NatsConnection,
    private readonly bus: MessageBus,
  ) {}

  static async start(count: number): Promise<Replicas> {
    Logger.overrideLogger(false);
    const stack = await startStack({ ephemeral: true });
    const env = {
      NODE_ENV: 'test',
      NATS_URL: stack.nats.url,
      MONGO_URL: stack.database.url,
      MONGO_DB_PREFIX: `test_${randomBytes(4).toString('hex')}`,
      LOG_LEVEL: 'silent',
      CALLBACK_TIMEOUT_MS: '1000',
      DELIVERY_POLL_MS: '50',
      DELIVERY_RETRY_MS: '50',
      DELIVERY_RECORD_RETRY_MS: '50',
    };
    const nats = await connect({ servers: new URL(stack.nats.url).host });
    const bus = new MessageBus(nats);
    bus.onModuleInit();
    const replicas = new Replicas(stack, env, nats, bus);
    await replicas.startOthers();
    for (let index = 0; index < count; index += 1) await replicas.another();
    return replicas;
  }

  async another(more: Record<string, string> = {}): Promise<INestApplication> {
    const config = readConfig(ChannelsConfig, { ...this.env, ...more });
    const app = await startApplication(AppModule.with(config), config, [requestsOf(service, config), durableEvents({ service, config, visibility: 'public' })]);
    this.apps.push(app);
    return app;
  }

  async stopReplicas(): Promise<void> {
    await Promise.all(this.apps.splice(0).map((app) => app.close()));
  }

  get database(): Connection {
    return this.apps[0]!.get<Connection>(getConnectionToken());
  }

  ask<Request extends object, Reply extends object, Kind extends ActorKind>(
    rpc: Rpc<Request, Reply, Kind>,
    body: Body<Request>,
    actor: ActorOf<Kind>,
    correlationId = newId(),
  ): Promise<Reply> {
    return this.bus.request(rpc, body, { actor, correlationId });
  }

  aChannel(more: Partial<Body<CreateChannel>> = {}): Promise<ChannelCreated> {
    return this.ask(createChannel, { commandId: newId(), name: 'API', kind: 'api', ...more }, operator);
  }

  /** A message in a conversation, as its owner publishes it; an agent's unless told. */
  async publish(channelId: string, conversationId: string, seq: number, more: Partial<PublicConversationEvent<'message'>> = {}): Promise<void> {
    const payload: PublicConversationEvent<'message'> = {
      workspaceId: 'sur',
      channelId,
      externalId: '+541',
      conversationId,
      seq,
      type: 'message',
      at: '2026-03-01T10:00:00.000Z',
      author: { kind: 'agent', name: 'Ana' },
      data: { text: `¿qué tal? ${seq} 👋`, attachments: [] },
      ...more,
    };
    const place = { workspaceId: 'sur', aggregateId: conversationId, seq, fact: 'message' };
    await this.apps[0]!.get(EventPublisher).publish(outgoing({ contract: publicConversationEvents, ...place, payload }));
  }

  async stop(): Promise<void> {
    await this.nats.close();
    await this.stopReplicas();
    await this.othersApp?.close();
    await this.stack.stop();
  }

  private othersApp?: INestApplication;

  private async startOthers(): Promise<void> {
    const config = readConfig(ServiceConfig, this.env);
    this.othersApp = await startApplication(OthersModule.with(this.others, config), config, [requestsOf('others', config)]);
  }
}
