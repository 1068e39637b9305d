import { setTimeout as delay } from 'node:timers/promises';
import { addNote, AppError } from '@relevo/contracts';
import { AgentSocket, type ApiClient, type LiveEvent } from '@relevo/testing';

type Told = LiveEvent<'timeline.entry'>;

/** As Socket.IO's clients wait before they come back, only shorter. */
const returnWithinMs = 500;

/** What asking again may mend: the gateway is away, or went with the answer. */
const isPassing = (error: unknown): boolean => error instanceof AppError && (error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT');

/** Asks until it is answered, with the same body each time. */
export async function persist<T>(ask: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask(attempt);
    } catch (error) {
      if (!isPassing(error)) throw error;
      // Being away is answered at once; a breath, so that asking again does not only heat the machine.
      await delay(20);
    }
  }
}

/** One frontend of an agent: when its socket ends, it comes back with its cursor, to whichever gateway takes it. */
export class ReturningAgent {
  readonly told: Told[] = [];
  /** Of each `ready`, whether it was `resumed`. */
  readonly resumed: boolean[] = [];
  readonly reloads: string[] = [];
  /** When its sockets ended, on the clock of `performance`. */
  readonly endedAt: number[] = [];
  /** Where it is now. */
  replica: number;
  private cursor?: string;
  private socket?: AgentSocket;
  private isDone = false;

  constructor(
    readonly name: string,
    /** The agent at each gateway. */
    private readonly clients: readonly ApiClient[],
    firstReplica: number,
  ) {
    this.replica = firstReplica;
  }

  get client(): ApiClient {
    return this.clients[this.replica]!;
  }

  async connect(): Promise<void> {
    const onEvent = (name: string, event: unknown): void => this.hear(name, event as Record<string, unknown>);
    const socket = await AgentSocket.connect(this.client.gatewayUrl, this.client.session.accessToken, { keep: 1, onEvent, ...(this.cursor !== undefined && { cursor: this.cursor }) });
    this.socket = socket;
    socket.onEnd(() => this.ended());
    if (!socket.isConnected) this.ended();
  }

  /** Repeated under the same id until it is acknowledged, over whatever socket there is then. */
  note(conversationId: string, text: string, commandId: string): Promise<unknown> {
    return persist(() => {
      if (!this.socket?.isConnected) throw new AppError('UNAVAILABLE', 'It is on its way back.');
      return this.socket.ask(addNote, { conversationId, text, commandId });
    });
  }

  close(): void {
    this.isDone = true;
    this.socket?.close();
  }

  private hear(name: string, event: Record<string, unknown>): void {
    if (typeof event.cursor === 'string') this.cursor = event.cursor;
    if (name === 'ready') this.resumed.push(event.resumed === true);
    if (name === 'resync_required') this.reloads.push(String(event.reason));
    if (name === 'timeline.entry') this.told.push(event as unknown as Told);
  }

  private ended(): void {
    if (this.isDone || !this.socket) return;
    delete this.socket;
    this.endedAt.push(performance.now());
    void this.comeBack();
  }

  private async comeBack(): Promise<void> {
    while (!this.isDone && !this.socket) {
      await delay(Math.random() * returnWithinMs);
      this.replica = Math.floor(Math.random() * this.clients.length);
      // Refused or out of reach: the next try may find another.
      await this.connect().catch(() => undefined);
    }
  }
}
