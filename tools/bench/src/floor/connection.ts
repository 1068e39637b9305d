import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { connectionOptions } from '@relevo/messaging';
import { ServiceConfig } from '@relevo/platform';

/** The product's own way to the same NATS. */
export const connectionOf = (natsUrl: string, name: string): NodeConnectionOptions =>
  connectionOptions(name, Object.assign(new ServiceConfig(), { NATS_URL: natsUrl }));
