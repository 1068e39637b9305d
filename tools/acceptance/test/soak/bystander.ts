import type { LiveEvent } from '@relevo/client';
import { AgentSocket, type ApiClient, eventually } from '@relevo/testing';
import type { Session } from './session.js';
import { patienceMs } from './stage.js';
import { happeningOf, tellsOf } from './truth.js';

/** Sockets of one who only listens, one at each gateway, until the end or until they are cut. */
export class Bystander {
  private constructor(
    private readonly sockets: readonly AgentSocket[],
    readonly sessions: readonly Session[],
  ) {}

  static async at(name: string, replicas: readonly ApiClient[]): Promise<Bystander> {
    const sessions = replicas.map((client, replica): Session => ({ agentId: client.agentId, name: `${name} at ${replica}`, cursor: null, heard: [], whole: false }));
    const sockets = replicas.map((client, replica) => {
      const onEvent = (event: string, payload: unknown): void => void sessions[replica]!.heard.push({ name: event, payload } as LiveEvent);
      return AgentSocket.connect(client.gatewayUrl, client.session.accessToken, { keep: 1, onEvent });
    });
    return new Bystander(await Promise.all(sockets), sessions);
  }

  /** Each heard of the mark, so that nothing may be missing. */
  async hearsOf(tagId: string): Promise<void> {
    const isMark = tellsOf(tagId);
    await eventually(() => {
      const deaf = this.sessions.find(({ heard }) => !heard.some((event) => [happeningOf(event)].some((one) => one !== null && isMark(one))));
      if (deaf) throw new Error(`${deaf.name} did not come to know of the mark`);
    }, patienceMs);
    for (const session of this.sessions) session.whole = true;
  }

  /** The gateways end what belongs to nobody any more. */
  async isCut(): Promise<void> {
    await eventually(() => {
      if (this.sockets.some(({ isConnected }) => isConnected)) throw new Error(`${this.sessions[0]!.name} is still connected though no agent any more`);
    }, patienceMs);
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }
}
