import type { LiveEvent } from '@relevo/client';
import { AgentSocket, type ApiClient } from '@relevo/testing';
import { placeOf } from './session.js';
import { type Happening, happeningOf } from './truth.js';

/** One who sees everything, and is connected to every gateway from beginning to end: says where in the stream things are. */
export class Witness {
  private readonly logs: Happening[][] = [];
  private readonly sockets: AgentSocket[] = [];

  static async at(replicas: readonly ApiClient[]): Promise<Witness> {
    const witness = new Witness();
    for (const client of replicas) {
      const log: Happening[] = [];
      witness.logs.push(log);
      const onEvent = (name: string, payload: unknown): void => {
        const happening = happeningOf({ name, payload } as LiveEvent);
        if (happening) log.push(happening);
      };
      witness.sockets.push(await AgentSocket.connect(client.gatewayUrl, client.session.accessToken, { keep: 1, onEvent }));
    }
    return witness;
  }

  /** How far all of it has been told. */
  get place(): number {
    return Math.max(...this.sockets.map(({ cursor }) => placeOf(cursor)));
  }

  /** Whether every gateway told of something like this after `place`. */
  knows(place: number, fits: (happening: Happening) => boolean): boolean {
    return this.logs.every((log) => log.some((one) => one.place > place && fits(one)));
  }

  /** All after `place`; the gateways must tell the same, word for word. */
  after(place: number): { happenings: Happening[]; faults: string[] } {
    const [first = [], ...others] = this.logs.map((log) => log.filter((one) => one.place > place));
    const told = JSON.stringify(first);
    return { happenings: first, faults: others.every((other) => JSON.stringify(other) === told) ? [] : ['two gateways told a supervisor different things'] };
  }

  /** Forgets what was before. */
  forget(): void {
    for (const log of this.logs) log.length = 0;
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }
}
