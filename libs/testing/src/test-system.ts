import { randomBytes } from 'node:crypto';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { ReceivedMessage } from '@relevo/contracts';
import { type NatsUser, type Stack, startStack } from '@relevo/local-stack';
import { connectionOptions, type DeadLetters, type MessageBus } from '@relevo/messaging';
import {
  ApiClient,
  type ChannelKey,
  connectOperator,
  type Credentials,
  type CustomerMessage,
  type Operator,
  postInbound,
  type RunningSystem,
  startSystem,
  type SystemOptions,
} from '@relevo/start';
import { StoredConversations } from './stored-conversations.js';

export type TestSystemOptions = Omit<SystemOptions, 'stack' | 'supervise' | 'databasePrefix'> & {
  /** One that several systems share; a throw-away one is started, and stopped with the system, when absent. */
  readonly stack?: Stack;
};

/** All services as processes of their own on a throw-away engine, to be used, raced and killed. */
export class TestSystem {
  constructor(
    readonly stack: Stack,
    /** Their processes: to be killed and restarted. */
    readonly running: RunningSystem,
    private readonly operator: Operator,
    private readonly databasePrefix: string,
    private readonly ownsStack: boolean,
  ) {}

  /** Asks the services over NATS, as the operator may. */
  get bus(): MessageBus {
    return this.operator.bus;
  }

  /** Events that some service gave up. */
  get deadLetters(): DeadLetters {
    return this.operator.deadLetters;
  }

  /** What the owner of conversations keeps; to be closed. */
  storedConversations(): Promise<StoredConversations> {
    return StoredConversations.open(this.stack.database.url, `${this.databasePrefix}_conversations`);
  }

  /** On NATS as one of its users, who may do what `deploy/nats/users.conf` says; to be closed. */
  natsAs(user: NatsUser): Promise<NatsConnection> {
    return connect(connectionOptions(`test-${user}`, { NATS_URL: this.stack.nats.urlFor(user) }));
  }

  gatewayUrl(replica = 1): string {
    const url = this.running.gatewayUrls[replica - 1];
    if (url === undefined) throw new Error(`There is no gateway-${replica}`);
    return url;
  }

  login(credentials: Credentials, replica = 1): Promise<ApiClient> {
    return ApiClient.login(this.gatewayUrl(replica), credentials);
  }

  /** A customer's message through its channel's signed webhook. */
  receive(channel: ChannelKey, message: CustomerMessage, replica = 1): Promise<ReceivedMessage> {
    return postInbound(this.gatewayUrl(replica), channel, message);
  }

  async stop(): Promise<void> {
    await this.operator.close();
    await this.running.stop();
    if (this.ownsStack) await this.stack.stop();
  }
}

/** Ready to be asked. In `beforeAll`, with `stop` in `afterAll`: a start takes seconds. */
export async function startTestSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  const stack = options.stack ?? (await startStack({ ephemeral: true }));
  const stopOwn = async (): Promise<void> => {
    if (options.stack === undefined) await stack.stop();
  };
  // So that systems on one engine do not meet.
  const databasePrefix = `test_${randomBytes(5).toString('hex')}`;
  try {
    const running = await startSystem({
      ...options,
      stack,
      databasePrefix,
      env: { NODE_ENV: 'test', LOG_LEVEL: 'warn', ...options.env },
    });
    const operator = await connectOperator(stack.nats.urlFor('operator')).catch(async (error: unknown) => {
      await running.stop();
      throw error;
    });
    return new TestSystem(stack, running, operator, databasePrefix, options.stack === undefined);
  } catch (error) {
    await stopOwn();
    throw error;
  }
}
