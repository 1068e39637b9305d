import type { Operation } from '@relevo/contracts';
import { io, type Socket } from 'socket.io-client';
import { exchangeOf, type Fields, type Outcome, overHttp, overSocket } from '../answer.js';

export interface Heard {
  readonly event: string;
  readonly payload: { readonly conversationId?: string; readonly seq?: number };
}

export const transports = ['REST', 'socket'] as const;
export type Transport = (typeof transports)[number];

export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export async function signIn(gatewayUrl: string, { email, password }: { email: string; password: string }): Promise<Session> {
  const { code, body } = await overHttp(gatewayUrl, { method: 'POST', path: '/v1/auth/login', body: JSON.stringify({ email, password }) });
  if (code !== 'ok') throw new Error(`login: ${JSON.stringify(body)}`);
  return body as unknown as Session;
}

/** What a refused handshake says, or `ready`. */
export function handshake(gatewayUrl: string, auth: Fields, more: object = {}): Promise<string> {
  const socket = io(`${gatewayUrl}/agent`, { auth, transports: ['websocket'], reconnection: false, forceNew: true, ...more });
  return new Promise<string>((resolve) => {
    socket.once('ready', () => resolve('ready'));
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) => resolve(error.data?.code ?? error.message));
  }).finally(() => socket.close());
}

/** Somebody with a token or none, and a socket where they are let in. All that it is told is kept. */
export class Caller {
  readonly heard: Heard[] = [];
  private socket?: Socket;

  constructor(
    private readonly gatewayUrl: string,
    readonly token?: string,
  ) {}

  connect(): Promise<void> {
    const socket = io(`${this.gatewayUrl}/agent`, { auth: { token: this.token }, transports: ['websocket'], reconnection: false, forceNew: true });
    this.socket = socket;
    socket.onAny((event: string, payload: Heard['payload']) => this.heard.push({ event, payload }));
    return new Promise((resolve, reject) => {
      socket.once('ready', () => resolve());
      socket.once('connect_error', reject);
    });
  }

  get connected(): boolean {
    return this.socket?.connected ?? false;
  }

  get transports(): readonly Transport[] {
    return this.socket ? transports : ['REST'];
  }

  /** Undefined when the operation is not asked that way. */
  async ask(transport: Transport, operation: Operation, fields: Fields): Promise<Outcome | undefined> {
    if (transport === 'REST') return overHttp(this.gatewayUrl, { ...exchangeOf(operation, fields), ...(this.token !== undefined && { token: this.token }) });
    if (operation.event === undefined || !this.socket) return undefined;
    return overSocket(this.socket, operation.event, fields);
  }

  /** An event as it is, whatever the body. */
  emit(event: string, ...body: unknown[]): Promise<Outcome> {
    if (!this.socket) throw new Error('not connected');
    return overSocket(this.socket, event, ...body);
  }

  /** What no client would send, as a message of its own. */
  raw(packet: string): void {
    this.socket?.io.engine.write(packet);
  }

  close(): void {
    this.socket?.close();
  }
}
