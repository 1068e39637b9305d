import { type BeforeApplicationShutdown, Logger } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayDisconnect, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import { Clock } from '@relevo/platform';
import { isUnauthenticated, unauthenticated } from '../auth/access-tokens.js';
import { Authenticator } from '../auth/authenticator.js';
import { Revocations } from '../auth/revocations.js';
import { GatewayConfig } from '../config.js';
import { LiveEvents } from '../live/live-events.js';
import { AgentStatus } from '../live/agent-status.js';
import { Typing } from '../live/typing.js';
import { connectedSockets } from '../metrics.js';
import { GatewayPresence } from '../presence/presence.js';
import { Viewing } from '../viewing/viewing.js';
import { type AgentNamespace, type AgentSocket } from './agent-socket.js';
import { Drain } from './drain.js';
import { cutAtExpiry } from './expiry.js';
import { isOriginAllowed } from './origin.js';
import { type Refusal, refusalOf } from './refusal.js';
import { SocketRequests } from './socket-requests.js';

/** Sockets of agents: let in, asked, told, and let go. */
@WebSocketGateway({ namespace: 'agent' })
export class AgentGateway implements OnGatewayInit<AgentNamespace>, OnGatewayConnection<AgentSocket>, OnGatewayDisconnect<AgentSocket>, BeforeApplicationShutdown {
  private readonly logger = new Logger(AgentGateway.name);
  private namespace: AgentNamespace;

  constructor(
    private readonly authenticator: Authenticator,
    private readonly requests: SocketRequests,
    private readonly live: LiveEvents,
    private readonly typing: Typing,
    private readonly status: AgentStatus,
    private readonly presence: GatewayPresence,
    private readonly viewing: Viewing,
    private readonly revocations: Revocations,
    private readonly clock: Clock,
    private readonly config: GatewayConfig,
    private readonly drain: Drain,
  ) {}

  afterInit(namespace: AgentNamespace): void {
    this.namespace = namespace;
    this.drain.attach(namespace);
    this.live.attach(namespace);
    this.typing.attach(namespace);
    this.status.attach(namespace);
    namespace.use((socket, next) => void this.authenticate(socket).then(next));
    this.revocations.onRevoked((sessionId) => this.cut(sessionId));
    this.revocations.onMissed(() => void this.cutTheRevoked());
  }

  handleConnection(socket: AgentSocket): void {
    connectedSockets.inc();
    cutAtExpiry(socket, this.clock.now());
    // One listener for all events: listeners per event would be most of what an idle agent costs.
    socket.onAny((event: string | number, ...args: unknown[]) => this.drain.track(socket.conn, this.requests.handle(socket, event, args)));
    this.live.admit(socket).catch((error: unknown) => {
      this.logger.warn({ reason: String(error), agentId: socket.data.identity.agentId }, 'a socket could not be let in');
      // The transport's end, unlike a disconnect of ours, makes clients come again by themselves.
      socket.conn.close();
    });
  }

  handleDisconnect(socket: AgentSocket): void {
    connectedSockets.dec();
    clearTimeout(socket.data.expiry);
    this.live.leave(socket);
    this.presence.disconnected(socket.data.identity);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.drain.finish();
    this.viewing.close();
    await Promise.all([this.live.close(), this.presence.close()]);
  }

  /** The token is looked for in the handshake's `auth` alone, never in a URL. */
  private async authenticate(socket: AgentSocket): Promise<Refusal | undefined> {
    try {
      // Pages that embed a widget come as far as this; they are not an agents' frontend.
      if (!isOriginAllowed(socket.handshake.headers, this.config.allowedOrigins)) throw unauthenticated();
      const token: unknown = socket.handshake.auth.token;
      if (typeof token !== 'string') throw unauthenticated();
      socket.data.identity = (await this.authenticator.authenticate(token)).identity;
      return undefined;
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** Where one session ended, its sockets end. Revocations are rare, so all sockets of this replica are looked at. */
  private cut(sessionId: string): void {
    for (const socket of this.namespace.sockets.values()) {
      if (socket.data.identity.sessionId === sessionId) socket.disconnect(true);
    }
  }

  /** Sessions may have ended while nobody could tell; a socket that only listens would never find out. */
  private async cutTheRevoked(): Promise<void> {
    for (const socket of [...this.namespace.sockets.values()]) {
      try {
        await this.authenticator.current(socket.data.identity);
      } catch (error) {
        if (isUnauthenticated(error)) socket.disconnect(true);
        else this.logger.warn({ reason: String(error), agentId: socket.data.identity.agentId }, 'a session could not be checked; its token ends it');
      }
    }
  }
}
