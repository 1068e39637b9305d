import { type Spread, spreadOf } from './statistics.js';

/** What is measured, and what it is measured against, both in the same way. */
export interface Pair<T> {
  readonly subject: T;
  readonly reference: T;
}

export type SideName = keyof Pair<unknown>;

/**
 * One round is four blocks, one side first and last and the other between: what drifts (a warming cache, a busier machine)
 * weighs on both alike. The sides change places from round to round.
 */
export const orderOf = (round: number): readonly SideName[] =>
  round % 2 === 0 ? ['subject', 'reference', 'reference', 'subject'] : ['reference', 'subject', 'subject', 'reference'];

/** Each round's blocks, side by side. */
export async function inRounds<T>(rounds: number, block: (side: SideName) => Promise<T>, onRound: (round: number) => void): Promise<Pair<T[]>[]> {
  const done: Pair<T[]>[] = [];
  for (let round = 0; round < rounds; round++) {
    const blocks: Pair<T[]> = { subject: [], reference: [] };
    for (const side of orderOf(round)) blocks[side].push(await block(side));
    done.push(blocks);
    onRound(round + 1);
  }
  return done;
}

/** A figure of both sides over the rounds, and what one is of the other: the ratio is taken within each round. */
export interface Compared extends Pair<Spread> {
  readonly ratio: Spread;
}

export function compare<T>(rounds: readonly Pair<T>[], figure: (of: T) => number): Compared {
  const values = rounds.map(({ subject, reference }) => ({ subject: figure(subject), reference: figure(reference) }));
  return {
    subject: spreadOf(values.map(({ subject }) => subject)),
    reference: spreadOf(values.map(({ reference }) => reference)),
    ratio: spreadOf(values.map(({ subject, reference }) => subject / reference)),
  };
}
