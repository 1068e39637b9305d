import type { NodeConnectionOptions } from '@nats-io/transport-node';
import type { ServiceConfig } from '@relevo/platform';

/**
 * A server that answers nothing is given up between two and three of these: at most 1.5 s, of the 2 s in which whoever
 * asks is promised an answer. A late event loop does not count against it: what has arrived is read before the next ping.
 */
const pingIntervalMs = 500;
const unansweredPings = 2;

/** A server that is frozen accepts connections, and then says nothing: the next try may find it awake. */
const connectTimeoutMs = 2_000;

/**
 * How every connection of ours reaches NATS. The client's own default gives up for good after some 20 s; ours reconnects
 * for ever. The URL says who connects; each user has an inbox of its own, since NATS lets it listen to no other
 * (deploy/nats/users.conf).
 */
export function connectionOptions(service: string, config: Pick<ServiceConfig, 'NATS_URL' | 'REPLICA'>): NodeConnectionOptions {
  const { username, password, host } = new URL(config.NATS_URL);
  return {
    servers: host,
    ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password), inboxPrefix: `_INBOX_${decodeURIComponent(username)}` }),
    name: config.REPLICA ? `${service}:${config.REPLICA}` : service,
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    pingInterval: pingIntervalMs,
    maxPingOut: unansweredPings,
    timeout: connectTimeoutMs,
    // A stack kept for each request in case it fails is some percent of a gateway's work; errors are the same without.
    noAsyncTraces: true,
  };
}
