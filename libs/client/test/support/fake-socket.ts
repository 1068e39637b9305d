import type { Ack, AgentView, ErrorBody } from '@relevo/contracts';
import { RelevoError } from '../../src/api/error.js';
import type { OpenSocket, SocketAuth, SocketHandlers } from '../../src/connection/socket.js';

export interface AskedOnSocket {
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer: (data: object) => void;
  readonly refuse: (code: ErrorBody['code']) => void;
}

/** One connection as a gateway would see it. */
export class FakeSocket<A extends object = SocketAuth> {
  readonly asked: AskedOnSocket[] = [];
  isClosed = false;
  private readonly unanswered = new Set<(error: RelevoError) => void>();

  constructor(
    readonly url: string,
    readonly auth: A,
    private readonly handlers: SocketHandlers,
  ) {}

  ready(cursor = 'e.1', resumed = false): void {
    this.tell('ready', { agent: { id: 'ana', role: 'agent', teamIds: [] } as unknown as AgentView, cursor, resumed });
  }

  tell(name: string, payload: unknown): void {
    if (!this.isClosed) this.handlers.onEvent(name, payload);
  }

  /** The gateway is gone, or refuses. */
  cut(code: 'UNREACHABLE' | 'UNAUTHENTICATED' = 'UNREACHABLE'): void {
    const reason = new RelevoError({ code, message: code });
    this.isClosed = true;
    for (const reject of this.unanswered) reject(reason);
    this.handlers.onClosed(reason);
  }

  ask(event: string, body: unknown, timeoutMs: number): Promise<Ack<unknown>> {
    return new Promise((resolve, reject) => {
      this.unanswered.add(reject);
      setTimeout(() => reject(new RelevoError({ code: 'UNREACHABLE', message: 'late' })), timeoutMs);
      this.asked.push({
        event,
        body: body as Record<string, unknown>,
        answer: (data) => resolve({ ok: true, data }),
        refuse: (code) => resolve({ ok: false, error: { code, message: code, correlationId: 'c' } }),
      });
    });
  }

  close(): void {
    this.isClosed = true;
  }
}

/** Every connection that was tried. */
export function fakeSockets<A extends object = SocketAuth>(): { readonly sockets: FakeSocket<A>[]; readonly open: OpenSocket<A> } {
  const sockets: FakeSocket<A>[] = [];
  const open: OpenSocket<A> = (url, auth, handlers) => {
    const socket = new FakeSocket(url, auth, handlers);
    sockets.push(socket);
    return socket;
  };
  return { sockets, open };
}
