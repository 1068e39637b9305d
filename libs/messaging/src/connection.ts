import type { NodeConnectionOptions } from '@nats-io/transport-node';
import type { ServiceConfig } from '@relevo/platform';

/**
 * How every connection of ours reaches NATS. The client's own default gives up for good after some 20 s; ours reconnects
 * for ever, and finds a dead connection within three pings.
 */
export function connectionOptions(service: string, config: Pick<ServiceConfig, 'NATS_URL' | 'REPLICA'>): NodeConnectionOptions {
  const { username, password, host } = new URL(config.NATS_URL);
  return {
    servers: host,
    ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    name: config.REPLICA ? `${service}:${config.REPLICA}` : service,
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    pingInterval: 10_000,
  };
}
