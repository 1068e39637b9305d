import { type Ack, type ConversationPage, type ConversationSort, conversationSorts, type ListTray } from '@relevo/contracts';
import type { Socket } from 'socket.io-client';
import { compare, type Compared, inRounds, type Pair } from '../measuring/rounds.js';
import { median, type Spread, spreadOf } from '../measuring/statistics.js';

export const viewers = ['agent', 'supervisor'] as const;
export type Viewer = (typeof viewers)[number];

/** All but the bot's, which is one more query like that of `unassigned`, and the agent's own, which is never long. */
const trays = ['unassigned', 'agents', 'all'] as const satisfies readonly ListTray[];

/** One list to be read. */
export interface ListCase {
  readonly order: ConversationSort;
  readonly viewer: Viewer;
  readonly tray: ListTray;
}

export const listCases: readonly ListCase[] = conversationSorts.flatMap((order) =>
  viewers.flatMap((viewer) => trays.map((tray) => ({ order, viewer, tray }))),
);

/** The sockets of a workspace's two viewers. */
export type Readers = Readonly<Record<Viewer, Socket>>;

export interface ListPlan {
  /** Of one block. */
  readonly pages: number;
  readonly rounds: number;
}

export interface ListResult extends ListCase, ListPlan {
  /** The large workspace against the small one, both in one database. */
  readonly firstPageP50Ms: Compared;
  /** The small one while there was no other; not in the same rounds. */
  readonly aloneP50Ms: Spread;
}

const answerMs = 20_000;

export async function readPage(socket: Socket, { order, tray }: ListCase, cursor?: string): Promise<ConversationPage> {
  const body = { tray, sort: order, ...(cursor !== undefined && { cursor }) };
  const ack = (await socket.timeout(answerMs).emitWithAck('conversation.list', body)) as Ack<ConversationPage>;
  if (!ack.ok) throw new Error(`A list was refused: ${ack.error.code} ${ack.error.message}`);
  return ack.data;
}

async function firstPages(readers: Readers, of: ListCase, pages: number): Promise<number> {
  const times: number[] = [];
  for (let page = 0; page < pages; page++) {
    const askedAt = performance.now();
    const { items } = await readPage(readers[of.viewer], of);
    times.push(performance.now() - askedAt);
    if (items.length === 0) throw new Error(`The list ${of.tray} of the ${of.viewer} is empty: there is nothing to measure`);
  }
  return median(times);
}

/** Each case's first page, block by block, of one workspace by itself. */
export async function measureAlone(readers: Readers, { pages, rounds }: ListPlan): Promise<Spread[]> {
  const spreads: Spread[] = [];
  for (const of of listCases) {
    await firstPages(readers, of, pages);
    const blocks: number[] = [];
    for (let round = 0; round < rounds; round++) blocks.push(await firstPages(readers, of, pages));
    spreads.push(spreadOf(blocks));
  }
  return spreads;
}

export async function measureLists(readers: Pair<Readers>, alone: readonly Spread[], plan: ListPlan, onRound: (list: ListCase, round: number) => void): Promise<ListResult[]> {
  const results: ListResult[] = [];
  for (const [index, of] of listCases.entries()) {
    for (const side of [readers.subject, readers.reference]) await firstPages(side, of, plan.pages);
    const blocks = await inRounds(plan.rounds, (side) => firstPages(readers[side], of, plan.pages), (round) => onRound(of, round));
    const rounds = blocks.map(({ subject, reference }) => ({ subject: median(subject), reference: median(reference) }));
    const aloneP50Ms = alone[index];
    if (!aloneP50Ms) throw new Error('Every case is measured alone first');
    results.push({ ...of, ...plan, firstPageP50Ms: compare(rounds, (p50) => p50), aloneP50Ms });
  }
  return results;
}
