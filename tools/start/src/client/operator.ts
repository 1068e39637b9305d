import { connect } from '@nats-io/transport-node';
import { connectionOptions, DeadLetters, MessageBus } from '@relevo/messaging';
import { ServiceConfig } from '@relevo/platform';

/** A place on NATS beside the services, for what an installation's operator may ask and no agent can. */
export interface Operator {
  readonly bus: MessageBus;
  readonly deadLetters: DeadLetters;
  close(): Promise<void>;
}

export async function connectOperator(natsUrl: string): Promise<Operator> {
  const nats = await connect(connectionOptions('operator', Object.assign(new ServiceConfig(), { NATS_URL: natsUrl })));
  const bus = new MessageBus(nats);
  bus.onModuleInit();
  return { bus, deadLetters: new DeadLetters(nats), close: () => nats.close() };
}
