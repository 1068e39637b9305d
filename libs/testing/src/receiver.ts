import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  path: string;
}

/** Somebody's web server, that takes agents' messages; answers what it is told to, 200 after that. */
export class Receiver extends EventEmitter {
  readonly received: Received[] = [];
  answers: { status: number; headers?: Record<string, string>; body?: string }[] = [];
  /** Takes requests and says nothing. */
  silent = false;
  private readonly unanswered: ServerResponse[] = [];

  private constructor(private readonly server: Server) {
    super();
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? '' });
        this.emit('received');
        if (this.silent) {
          this.unanswered.push(response);
          return;
        }
        const { status, headers, body = '{"ok":true}' } = this.answers.shift() ?? { status: 200 };
        response.writeHead(status, headers).end(body);
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver(createServer());
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/relevo`;
  }

  async hasReceived(count: number): Promise<void> {
    while (this.received.length < count) await once(this, 'received');
  }

  /** Answers what it left without an answer, and what comes from now on. */
  speak(): void {
    this.silent = false;
    for (const response of this.unanswered.splice(0)) response.writeHead(200).end();
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
