import { createHmac, randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';

/**
 * A client that knows the public contract and nothing of ours: plain fetch and socket.io-client. What it can do, any
 * integrator can.
 */
export interface Credentials {
  email: string;
  password: string;
}

export interface ChannelKey {
  id: string;
  secret: string;
}

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
}

export interface EntryShape {
  conversationId: string;
  seq: number;
  type: string;
  data: { text?: string };
}

export interface LiveEntry {
  conversationId: string;
  seq: number;
  entry: EntryShape;
  conversation: { tray: string; status: string };
}

/** Longer than any answer may take; only keeps a broken run from hanging. */
const patienceMs = 60_000;

async function ask<T>(url: string, init: RequestInit): Promise<Answer<T>> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as T };
}

/** A customer's system: signs what it posts. */
export function postInbound<T = { conversationId: string; seq: number }>(
  gatewayUrl: string,
  { id, secret }: ChannelKey,
  externalId: string,
  text: string,
  externalMessageId: string = randomUUID(),
): Promise<Answer<T>> {
  const body = JSON.stringify({ externalMessageId, sender: { externalId, name: `Cliente ${externalId}` }, message: { text } });
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return ask(`${gatewayUrl}/v1/channels/${id}/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-relevo-signature': `sha256=${signature}` },
    body,
  });
}

const withoutToken = <T>(gatewayUrl: string, path: string, body: object): Promise<Answer<T>> =>
  ask<T>(`${gatewayUrl}/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

interface Tokens {
  code?: string;
  accessToken: string;
  refreshToken: string;
}

export const signIn = (gatewayUrl: string, { email, password }: Credentials): Promise<Answer<Tokens>> =>
  withoutToken(gatewayUrl, '/auth/login', { email, password });

/** Asked again with the same id it is answered again. */
export const refresh = (gatewayUrl: string, refreshToken: string, commandId: string): Promise<Answer<Tokens>> =>
  withoutToken(gatewayUrl, '/auth/refresh', { refreshToken, commandId });

/** An agent with a token, over REST and a socket. */
export class OutsideAgent {
  readonly live: LiveEntry[] = [];
  /** Who was said to write, in which conversation. */
  readonly typing: { conversationId: string; actor: { kind: string; name: string }; stopped?: boolean }[] = [];
  /** Why it was told to reload, if ever: then `live` has gaps. */
  readonly resyncs: string[] = [];
  private socket?: Socket;
  private cursor?: string;

  private constructor(
    readonly gatewayUrl: string,
    private readonly token: string,
  ) {}

  static async signIn(gatewayUrl: string, credentials: Credentials): Promise<OutsideAgent> {
    const { status, body } = await signIn(gatewayUrl, credentials);
    if (status !== 200) throw new Error(`login: ${status} ${JSON.stringify(body)}`);
    return new OutsideAgent(gatewayUrl, body.accessToken);
  }

  /** The same agent at another replica. */
  at(gatewayUrl: string): OutsideAgent {
    return new OutsideAgent(gatewayUrl, this.token);
  }

  call<T = Record<string, unknown>>(method: string, path: string, body?: object, commandId?: string): Promise<Answer<T>> {
    return ask(`${this.gatewayUrl}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(commandId && { 'idempotency-key': commandId }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  /**
   * Resolves when the server says `ready`; live entries are collected from then on. A socket that breaks comes again by
   * itself, with the cursor of the last event that it had.
   */
  connect(): Promise<void> {
    const auth = (give: (auth: object) => void): void => give({ token: this.token, ...(this.cursor !== undefined && { cursor: this.cursor }) });
    const socket = io(`${this.gatewayUrl}/agent`, { auth, transports: ['websocket'], forceNew: true });
    this.socket = socket;
    socket.onAny((_event: string, { cursor }: { cursor?: string }) => (this.cursor = cursor ?? this.cursor));
    socket.on('typing', (event: OutsideAgent['typing'][number]) => this.typing.push(event));
    socket.on('timeline.entry', (event: LiveEntry) => this.live.push(event));
    socket.on('resync_required', ({ reason }: { reason: string }) => this.resyncs.push(reason));
    return new Promise((resolve, reject) => {
      socket.once('ready', () => resolve());
      socket.once('connect_error', reject);
    });
  }

  async emit<T>(event: string, body: object): Promise<{ ok: boolean; data: T; error?: { code: string } }> {
    if (!this.socket) throw new Error('not connected');
    return (await this.socket.timeout(patienceMs).emitWithAck(event, body)) as { ok: boolean; data: T; error?: { code: string } };
  }

  /** The whole timeline, page by page. */
  async timeline(conversationId: string): Promise<EntryShape[]> {
    const entries: EntryShape[] = [];
    let query = 'limit=100';
    for (;;) {
      const { status, body } = await this.call<{ items: EntryShape[]; nextCursor: string | null }>('GET', `/conversations/${conversationId}/timeline?${query}`);
      if (status !== 200) throw new Error(`timeline: ${status}`);
      entries.push(...body.items);
      if (body.nextCursor === null) return entries;
      query = `limit=100&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
  }

  disconnect(): void {
    this.socket?.disconnect();
  }
}

export const times = <T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => task(index)));

/** 1, 2, 3, ... */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
