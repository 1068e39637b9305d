import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import type { GatewayConfig } from '../config.js';

/** A namespace must be asked for by then, or the connection is closed. */
const connectTimeoutMs = 10_000;

/**
 * Whether a browser page may open a socket: one of ours, or one of an allowed origin. Programs that are not browsers send
 * no origin. WebSockets know no CORS, so this is the only check there is.
 */
export function isOriginAllowed({ origin, host }: IncomingMessage['headers'], allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

/** Socket.IO on the HTTP server of the API, WebSocket transport only: no sticky sessions are needed. */
export class AgentSocketAdapter extends IoAdapter {
  private readonly options: Partial<ServerOptions>;

  constructor(app: INestApplication, { BODY_LIMIT_BYTES, allowedOrigins }: GatewayConfig) {
    super(app);
    this.options = {
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: BODY_LIMIT_BYTES,
      // A compressor costs some 300 kB a connection; events are small.
      perMessageDeflate: false,
      httpCompression: false,
      connectTimeout: connectTimeoutMs,
      allowRequest: ({ headers }, answer) => answer(null, isOriginAllowed(headers, allowedOrigins)),
    };
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, { ...options, ...this.options } as ServerOptions);
  }
}
