import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { defaultOutageMs, type ServiceConfig } from '@relevo/platform';

/**
 * A server that answers nothing is given up between two and three pings: at most 1.5 s, of the 2 s in which whoever
 * asks is promised an answer, unless `OUTAGE_MS` says otherwise. A late event loop does not count against it: what has arrived is read before the next ping.
 */
const unansweredPings = 2;

/** A server that is frozen accepts connections, and then says nothing: the next try may find it awake. */
const connectTimeoutMs = 2_000;

/**
 * How every connection of ours reaches NATS. The client's own default gives up for good after some 20 s; ours reconnects
 * for ever. The URL says who connects; each user has an inbox of its own, since NATS lets it listen to no other
 * (deploy/nats/users.conf).
 */
export function connectionOptions(service: string, { NATS_URL, REPLICA, OUTAGE_MS = defaultOutageMs }: Pick<ServiceConfig, 'NATS_URL' | 'REPLICA'> & Partial<Pick<ServiceConfig, 'OUTAGE_MS'>>): NodeConnectionOptions {
  const { username, password, host } = new URL(NATS_URL);
  return {
    servers: host,
    ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password), inboxPrefix: `_INBOX_${decodeURIComponent(username)}` }),
    name: REPLICA ? `${service}:${REPLICA}` : service,
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    pingInterval: Math.round(OUTAGE_MS / (unansweredPings + 1)),
    maxPingOut: unansweredPings,
    timeout: connectTimeoutMs,
    // A stack kept for each request in case it fails is some percent of a gateway's work; errors are the same without.
    noAsyncTraces: true,
  };
}
