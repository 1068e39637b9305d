import { type INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import type { GatewayConfig } from '../config.js';
import { EmbeddingPages } from '../widget/embedding-pages.js';
import { Drain } from './drain.js';
import { isOriginAllowed } from './origin.js';
import type { Connection } from './agent-socket.js';
import { SendBuffer } from './send-buffer.js';

/** A namespace must be asked for by then, or the connection is closed. Socket.IO's clock runs on while the asking agent is authenticated. */
const askWithinMs = 10_000;

/** Socket.IO on the HTTP server of the API, WebSocket transport only: no sticky sessions are needed. */
export class SocketAdapter extends IoAdapter {
  private readonly options: Partial<ServerOptions>;
  private readonly sendLimitBytes: number;

  constructor(app: INestApplication, { BODY_LIMIT_BYTES, SEND_BUFFER_BYTES, REQUEST_TIMEOUT_MS, allowedOrigins }: GatewayConfig) {
    super(app);
    const drain = app.get(Drain);
    const embedding = app.get(EmbeddingPages);
    this.sendLimitBytes = SEND_BUFFER_BYTES;
    this.options = {
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: BODY_LIMIT_BYTES,
      // A compressor costs some 300 kB a connection; events are small.
      perMessageDeflate: false,
      httpCompression: false,
      connectTimeout: askWithinMs + REQUEST_TIMEOUT_MS,
      // Which namespace it is for is not known yet: pages that may have a widget come through here, and are stopped at `/agent`.
      allowRequest: ({ headers }, answer) => {
        // Here rather than in a namespace: clients try again by themselves, and may find another replica.
        if (drain.isDraining) answer('it stops', false);
        else if (isOriginAllowed(headers, allowedOrigins)) answer(null, true);
        else void embedding.mayEmbed(headers.origin).then((allowed) => answer(null, allowed));
      },
    };
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, { ...options, ...this.options } as ServerOptions);
    server.engine.on('connection', (connection: Connection) => new SendBuffer(connection, this.sendLimitBytes));
    return server;
  }
}
