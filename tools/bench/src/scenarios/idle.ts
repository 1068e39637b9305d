import type { Socket } from 'socket.io-client';
import type { Memory } from '@relevo/testing';
import { compare, type Compared, inRounds, type Pair } from '../measuring/rounds.js';
import { openSocket, type Place } from './line.js';

export interface IdlePlan {
  readonly sockets: number;
  readonly rounds: number;
}

export interface IdleResult extends IdlePlan {
  readonly liveBytesPerSocket: Compared;
  readonly residentBytesPerSocket: Compared;
}

/** A gateway that nobody is connected to. */
export interface FreshGateway {
  /** One for each agent who connects; agents beyond them connect a second time. */
  readonly places: readonly Place[];
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

export type StartGateway = () => Promise<FreshGateway>;

/** Handshakes at a time; a crowd would measure its own queue. */
const atOnce = 20;

async function connectAll({ places }: FreshGateway, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const more = Array.from({ length: Math.min(atOnce, count - sockets.length) }, (_, index) => places[(sockets.length + index) % places.length]);
    sockets.push(...(await Promise.all(more.map((place) => openSocket(place ?? { url: '' })))));
  }
  return sockets;
}

/** What each socket adds to a gateway that has served some before, so that what is paid once is not counted. */
async function growth(start: StartGateway, sockets: number): Promise<Memory> {
  const gateway = await start();
  try {
    const first = await connectAll(gateway, gateway.places.length);
    const before = await gateway.memory();
    const idle = await connectAll(gateway, sockets);
    const after = await gateway.memory();
    for (const socket of [...first, ...idle]) socket.disconnect();
    return { liveBytes: (after.liveBytes - before.liveBytes) / sockets, residentBytes: (after.residentBytes - before.residentBytes) / sockets };
  } finally {
    await gateway.stop();
  }
}

const mean = (blocks: readonly Memory[]): Memory => ({
  liveBytes: blocks.reduce((sum, { liveBytes }) => sum + liveBytes, 0) / blocks.length,
  residentBytes: blocks.reduce((sum, { residentBytes }) => sum + residentBytes, 0) / blocks.length,
});

export async function measureIdle(gateways: Pair<StartGateway>, plan: IdlePlan, onRound: (round: number) => void): Promise<IdleResult> {
  const blocks = await inRounds(plan.rounds, (side) => growth(gateways[side], plan.sockets), onRound);
  const rounds = blocks.map(({ subject, reference }) => ({ subject: mean(subject), reference: mean(reference) }));
  return {
    ...plan,
    liveBytesPerSocket: compare(rounds, ({ liveBytes }) => liveBytes),
    residentBytesPerSocket: compare(rounds, ({ residentBytes }) => residentBytes),
  };
}
