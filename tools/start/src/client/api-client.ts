import type { MeView, SessionView } from '@relevo/contracts';
import { AgentSocket, type SocketOptions } from './agent-socket.js';
import { type AgentRpc, type Asked, newCommandId } from './command.js';
import { exchange } from './http.js';
import { operationOf, restRequestOf } from './rest-request.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

const json = { 'content-type': 'application/json' };

/** An agent who signed in, as a frontend would be: REST and Socket.IO of one gateway. Refusals are thrown as `AppError`. */
export class ApiClient {
  private constructor(
    readonly gatewayUrl: string,
    private current: SessionView,
  ) {}

  static async login(gatewayUrl: string, { email, password }: Credentials): Promise<ApiClient> {
    const session = await exchange(`${gatewayUrl}/v1/auth/login`, { method: 'POST', headers: json, body: JSON.stringify({ email, password }) });
    return new ApiClient(gatewayUrl, session as SessionView);
  }

  get session(): SessionView {
    return this.current;
  }

  get agentId(): string {
    return this.current.agent.id;
  }

  /** The same agent and session at another replica. */
  at(gatewayUrl: string): ApiClient {
    return new ApiClient(gatewayUrl, this.current);
  }

  /** Asks over REST. A command without a `commandId` gets one here, so that it is known to who repeats it. */
  async call<Request extends object, Reply extends object>(rpc: AgentRpc<Request, Reply>, body: Asked<Request>): Promise<Reply> {
    const operation = operationOf(rpc.subject);
    const { path, ...rest } = restRequestOf(operation, { ...(operation.method !== 'GET' && { commandId: newCommandId() }), ...body });
    return (await this.send(path, rest)) as Reply;
  }

  async me(): Promise<MeView> {
    return (await this.send('/me', { method: 'GET' })) as MeView;
  }

  /** New tokens for the session; the refresh token before ends it from then on. */
  async refresh(): Promise<SessionView> {
    const { refreshToken } = this.current;
    this.current = (await exchange(`${this.gatewayUrl}/v1/auth/refresh`, { method: 'POST', headers: json, body: JSON.stringify({ refreshToken }) })) as SessionView;
    return this.current;
  }

  async logout(): Promise<void> {
    await this.send('/auth/logout', { method: 'POST', headers: json, body: '{}' });
  }

  /** Live from `ready` on; with the `cursor` of an earlier socket, from there. */
  connect(options: SocketOptions = {}): Promise<AgentSocket> {
    return AgentSocket.connect(this.gatewayUrl, this.current.accessToken, options);
  }

  /** A request as it is, for what no contract describes: wrong bodies, unknown paths. */
  send(path: string, { method, headers, body }: { method: string; headers?: Readonly<Record<string, string>>; body?: string }): Promise<unknown> {
    return exchange(`${this.gatewayUrl}/v1${path}`, { method, body, headers: { authorization: `Bearer ${this.current.accessToken}`, ...headers } });
  }
}
