import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** One client's TCP way to a gateway, with the faults that real ones have. */
export class Line {
  private near?: Socket;
  private far?: Socket;
  private frozen = false;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async to(gatewayUrl: string): Promise<Line> {
    const server = createServer();
    const line = new Line(server, new URL(gatewayUrl));
    server.once('connection', (near) => line.join(near));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return line;
  }

  /** The gateway's URL, by way of here. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** At once, whatever is on its way. */
  cut(): void {
    this.server.close();
    this.near?.destroy();
    this.far?.destroy();
  }

  /** Nothing passes any more, and neither end is told: half-open. */
  freeze(): void {
    this.frozen = true;
    this.near?.unpipe();
    this.far?.unpipe();
    this.near?.pause();
    this.far?.pause();
  }

  /** All that was held back passes. */
  thaw(): void {
    if (!this.frozen) return;
    this.frozen = false;
    if (this.near && this.far) this.near.pipe(this.far).pipe(this.near);
  }

  private join(near: Socket): void {
    this.server.close();
    const far = connect(Number(this.target.port), this.target.hostname);
    this.near = near;
    this.far = far;
    near.on('error', () => undefined).on('close', () => far.destroy());
    far.on('error', () => undefined).on('close', () => near.destroy());
    if (!this.frozen) near.pipe(far).pipe(near);
  }
}
