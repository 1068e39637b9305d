import { Injectable } from '@nestjs/common';
import { type AccessView, AppError, Heartbeat, operations, type Operation, RefreshAccess, typingEvents, validateShape } from '@relevo/contracts';
import { Clock, newId } from '@relevo/platform';
import { isUnauthenticated, unauthenticated } from '../auth/access-tokens.js';
import { actorOf, Authenticator, type Session } from '../auth/authenticator.js';
import { errorBodyOf } from '../http/problem.js';
import { Dispatcher } from '../operations/dispatcher.js';
import { GatewayPresence } from '../presence/presence.js';
import { Viewing } from '../viewing/viewing.js';
import type { AgentSocket } from './agent-socket.js';
import { cutAtExpiry } from './expiry.js';
import { requestArgsOf } from './request-args.js';
import { Throttle, typingEveryMs } from './throttle.js';

const operationOf: ReadonlyMap<string, Operation> = new Map(
  operations.flatMap((operation) => (operation.event === undefined ? [] : [[operation.event, operation]])),
);

/**
 * What clients ask over a socket: the operations by their event's name, `typing.start`, `typing.stop`, `viewing.start`,
 * `viewing.stop`, `presence.heartbeat` and `auth.refresh`.
 */
@Injectable()
export class SocketRequests {
  private readonly typing = new Throttle(typingEveryMs);

  constructor(
    private readonly authenticator: Authenticator,
    private readonly dispatcher: Dispatcher,
    private readonly presence: GatewayPresence,
    private readonly viewing: Viewing,
    private readonly clock: Clock,
  ) {}

  /** Never rejects: whatever happens is acknowledged. The protocol lets an event's name be a number. */
  async handle(socket: AgentSocket, event: string | number, args: readonly unknown[]): Promise<void> {
    const { body, acknowledge } = requestArgsOf(args);
    const correlationId = newId();
    try {
      acknowledge({ ok: true, data: await this.answer(socket, event, body, correlationId) });
    } catch (error) {
      acknowledge({ ok: false, error: { ...errorBodyOf(error, correlationId), correlationId } });
    }
  }

  private async answer(socket: AgentSocket, event: string | number, body: unknown, correlationId: string): Promise<object> {
    if (event === 'auth.refresh') return this.refresh(socket, body);
    const session = await this.sessionOf(socket);
    this.presence.active(session.identity);
    if (event === 'presence.heartbeat') return validateShape(Heartbeat, body);
    if (event === 'typing.start' || event === 'typing.stop') return this.tellTyping(socket, event, body, session, correlationId);
    if (event === 'viewing.start' || event === 'viewing.stop') return this.viewing.ask(socket, event, body, actorOf(session), correlationId);
    const operation = typeof event === 'string' ? operationOf.get(event) : undefined;
    if (!operation) throw new AppError('NOT_FOUND', `There is no event ${String(event).slice(0, 60)}.`);
    return this.dispatcher.dispatch(operation, body, actorOf(session), correlationId);
  }

  /** Once in a while; the rest is acknowledged and says nothing new. What is refused is refused each time. */
  private async tellTyping(socket: AgentSocket, event: keyof typeof typingEvents, body: unknown, session: Session, correlationId: string): Promise<object> {
    const rpc = typingEvents[event];
    const key = `${socket.id} ${event} ${validateShape(rpc.request, body).conversationId}`;
    if (!this.typing.admit(key)) return {};
    try {
      return await this.dispatcher.dispatch({ rpc }, body, actorOf(session), correlationId);
    } catch (error) {
      this.typing.forget(key);
      throw error;
    }
  }

  /** A socket whose session ended is told so, and cut: it must not go on listening. */
  private async sessionOf(socket: AgentSocket): Promise<Session> {
    try {
      return await this.authenticator.current(socket.data.identity);
    } catch (error) {
      if (isUnauthenticated(error)) setImmediate(() => socket.disconnect(true));
      throw error;
    }
  }

  /** The socket goes on under another token of the same agent. */
  private async refresh(socket: AgentSocket, body: unknown): Promise<AccessView> {
    const { token } = validateShape(RefreshAccess, body);
    const { identity } = await this.authenticator.authenticate(token);
    const { agentId, workspaceId } = socket.data.identity;
    if (identity.agentId !== agentId || identity.workspaceId !== workspaceId) throw unauthenticated();
    socket.data.identity = identity;
    const remainingMs = cutAtExpiry(socket, this.clock.now());
    return { expiresIn: Math.floor(remainingMs / 1000) };
  }
}
