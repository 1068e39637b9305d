import { connect, type NatsConnection } from '@nats-io/transport-node';
import { connectionOptions, DeadLetters, ensureStreams, MessageBus } from '@relevo/messaging';
import { ServiceConfig } from '@relevo/platform';

/** A place on NATS beside the services, for what an installation's operator may ask and no agent can. */
export interface Operator {
  readonly bus: MessageBus;
  readonly deadLetters: DeadLetters;
  close(): Promise<void>;
}

type Patience = Pick<ServiceConfig, 'OUTAGE_MS' | 'REQUEST_TIMEOUT_MS'>;

const connected = (natsUrl: string, patience?: Patience): Promise<NatsConnection> => connect(connectionOptions('operator', Object.assign(new ServiceConfig(), { NATS_URL: natsUrl }, patience)));

/** As `npm run relevo -- streams` does. `patience`: where NATS may be late without being down. */
export async function makeStreams(natsUrl: string, patience?: Patience): Promise<void> {
  const nats = await connected(natsUrl, patience);
  try {
    await ensureStreams(nats);
  } finally {
    await nats.close();
  }
}

/** `patience`: likewise. */
export async function connectOperator(natsUrl: string, patience?: Patience): Promise<Operator> {
  const nats = await connected(natsUrl, patience);
  const bus = new MessageBus(nats, patience?.REQUEST_TIMEOUT_MS);
  bus.onModuleInit();
  return { bus, deadLetters: new DeadLetters(nats), close: () => nats.close() };
}
