import { type DynamicModule, Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Readiness, type ServiceConfig } from '@relevo/platform';
import { connectionOptions } from './connection.js';
import { DeadLetters } from './durable-events/dead-letters.js';
import { EventPublisher } from './event-publisher.js';
import { MessageBus, NATS_CONNECTION, REQUEST_TIMEOUT_MS } from './message-bus.js';
import { RequestServer } from './request-server.js';

/** Requests in flight at SIGTERM get this long to answer. */
const gracePeriodMs = 1_000;

/** The service's connection to NATS: asking others, and publishing what happened. */
@Global()
@Module({})
export class MessagingModule implements OnApplicationShutdown {
  private readonly logger = new Logger(MessagingModule.name);

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    bus: MessageBus,
    readiness: Readiness,
  ) {
    readiness.add({
      name: 'nats',
      check: async () => {
        if (!bus.isConnected) throw new Error('not connected');
        await nats.flush();
      },
    });
  }

  static forService(service: string, config: ServiceConfig): DynamicModule {
    return {
      module: MessagingModule,
      providers: [
        { provide: NATS_CONNECTION, useFactory: () => connect(connectionOptions(service, config)) },
        { provide: REQUEST_TIMEOUT_MS, useValue: config.REQUEST_TIMEOUT_MS },
        { provide: MessageBus, inject: [NATS_CONNECTION], useFactory: (nats: NatsConnection) => new MessageBus(nats, config.REQUEST_TIMEOUT_MS) },
        EventPublisher,
        DeadLetters,
      ],
      exports: [NATS_CONNECTION, REQUEST_TIMEOUT_MS, MessageBus, EventPublisher, DeadLetters],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.nats.drain().catch((error: unknown) => this.logger.warn(`did not drain: ${String(error)}`));
  }
}

/** Requests served over NATS; replicas of a service share one queue group. */
export const requestsOf = (service: string, config: ServiceConfig): MicroserviceOptions => {
  const { servers, name, ...options } = connectionOptions(service, config);
  return {
    strategy: new RequestServer({ ...options, servers: servers, name: `${name}:requests`, queue: service, gracefulShutdown: true, gracePeriod: gracePeriodMs }),
  };
};
