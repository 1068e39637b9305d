import type { RecentEvent, RecentEvents } from './recent-events.js';
import type { Position } from '../feed/position.js';
import { sameSight, type Sight, sightOf } from './rooms.js';

/** Why a client must load its lists again. */
export const resync = {
  /** Its teams or role changed: what it shows is not what it may see. */
  sightChanged: 'sight-changed',
  /** Events were lost on the way, and cannot be had again. */
  eventsLost: 'events-lost',
  /** Its cursor is not one of ours. */
  malformed: 'cursor-malformed',
  /** Its cursor is of a stream that has been replaced. */
  epochChanged: 'epoch-changed',
  /** Its cursor is of a place that the stream has not reached. */
  ahead: 'cursor-ahead',
  /** Its cursor is older than all that the stream still has. */
  tooOld: 'cursor-too-old',
  /** More was missed than is replayed. */
  tooFarBehind: 'too-far-behind',
  /** Events came faster than they could be kept for it while it was being let in. */
  overtaken: 'overtaken',
} as const;

export type ResyncReason = (typeof resync)[keyof typeof resync];

/** Where a feed is. */
export interface Place {
  readonly position: Position;
  /** Whoever was told less than this cannot be told the rest: the stream lost it. */
  readonly lostBefore: number;
  readonly recent: RecentEvents;
}

export type Resumption = { readonly missed: readonly RecentEvent[] } | { readonly refused: ResyncReason };

/** What a client that was told all up to `cursor` has missed; null where that must be read from the stream first. */
export function resumptionOf(cursor: Position, { position, lostBefore, recent }: Place, maxEvents: number): Resumption | null {
  if (cursor.epoch !== position.epoch) return { refused: resync.epochChanged };
  if (cursor.seq < lostBefore) return { refused: resync.eventsLost };
  if (cursor.seq > position.seq || !recent.covers(cursor.seq)) return null;
  const missed = recent.after(cursor.seq);
  return missed.length > maxEvents ? { refused: resync.tooFarBehind } : { missed };
}

/** The first of them, up to so many bytes; at least one, where there is one. */
export function partOf(missed: readonly RecentEvent[], maxBytes: number): readonly RecentEvent[] {
  let bytes = 0;
  const end = missed.findIndex((recent, index) => (bytes += recent.bytes) > maxBytes && index > 0);
  return end < 0 ? missed : missed.slice(0, end);
}

/**
 * Whether an agent's teams or role changed between the cursor and now. What they were is not always known (`then`: null):
 * the stream forgets. Then any news of the agent counts as a change.
 */
export function sightChanged(missed: readonly RecentEvent[], agentId: string, then: Sight | null, now: Sight): boolean {
  if (then && !sameSight(then, now)) return true;
  return missed.some(({ event }) => event.noun === 'agent' && event.agent.id === agentId && !(then && sameSight(then, sightOf(event.agent))));
}
