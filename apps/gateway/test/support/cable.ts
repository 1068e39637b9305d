import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A TCP way to a server that a test can pull and plug in again. */
export class Cable {
  private readonly ends = new Set<Socket>();
  private pulled = false;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
    private readonly onSent?: (bytes: Buffer) => void,
  ) {}

  /** `onSent` hears what goes to the server. */
  static async to(url: string, onSent?: (bytes: Buffer) => void): Promise<Cable> {
    const server = createServer();
    const cable = new Cable(server, new URL(url), onSent);
    server.on('connection', (near) => cable.join(near));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return cable;
  }

  /** The target's URL, by way of here. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return url.toString();
  }

  pull(): void {
    this.pulled = true;
    for (const end of this.ends) end.destroy();
  }

  plug(): void {
    this.pulled = false;
  }

  close(): void {
    this.pull();
    this.server.close();
  }

  private join(near: Socket): void {
    if (this.pulled) {
      near.destroy();
      return;
    }
    const far = connect(Number(this.target.port), this.target.hostname);
    for (const [end, other] of [[near, far], [far, near]] as const) {
      this.ends.add(end);
      end.on('error', () => undefined).on('close', () => {
        this.ends.delete(end);
        other.destroy();
      });
    }
    if (this.onSent) near.on('data', this.onSent);
    near.pipe(far).pipe(near);
  }
}
