import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { ReceivedMessage } from '@relevo/contracts';
import { type NatsUser, natsUsers, type Stack } from '@relevo/local-stack';
import { connectionOptions, type DeadLetters, type MessageBus } from '@relevo/messaging';
import { ApiClient, type ChannelKey, connectOperator, type Credentials, type CustomerMessage, type Operator, postInbound } from '@relevo/start';
import { patience } from './patience.js';
import { StoredConversations } from './stored-conversations.js';

/** Where a running system is. Plain data: it goes from the process that started it to others. */
export interface SystemAddress {
  /** URLs with each user's password. */
  readonly nats: Readonly<Record<NatsUser, string>>;
  readonly databaseUrl: string;
  /** Each service's database is `<prefix>_<service>`. */
  readonly databasePrefix: string;
  readonly gatewayUrls: readonly string[];
}

export const addressOf = ({ nats, database }: Stack, databasePrefix: string, gatewayUrls: readonly string[]): SystemAddress => ({
  nats: Object.fromEntries(natsUsers.map((user) => [user, nats.urlFor(user)])) as Record<NatsUser, string>,
  databaseUrl: database.url,
  databasePrefix,
  gatewayUrls,
});

/** A running system to be used by a test, whoever started it. */
export class ReachedSystem {
  constructor(
    readonly address: SystemAddress,
    private readonly operator: Operator,
  ) {}

  static async reach(address: SystemAddress): Promise<ReachedSystem> {
    return new ReachedSystem(address, await connectOperator(address.nats.operator, patience));
  }

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
    return StoredConversations.open(this.address.databaseUrl, `${this.address.databasePrefix}_conversations`);
  }

  /** On NATS as one of its users, who may do what `deploy/nats/users.conf` says; to be closed. */
  natsAs(user: NatsUser): Promise<NatsConnection> {
    return connect(connectionOptions(`test-${user}`, { NATS_URL: this.address.nats[user], ...patience }));
  }

  gatewayUrl(replica = 1): string {
    const url = this.address.gatewayUrls[replica - 1];
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

  /** The test is done with it. What others started runs on. */
  async stop(): Promise<void> {
    await this.operator.close();
  }
}
