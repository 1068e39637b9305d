import type { LiveEvent } from '@relevo/client';
import { placeOf, sameSight, type Session, type Sight, sightOf } from './session.js';
import { type Happening, sees, sightsFrom, type Truth } from './truth.js';

/** An event as it is compared: where it stands in the stream is part of it. */
interface Expected {
  readonly what: string;
  /** All of it, word for word. */
  readonly payload?: string;
}

const naming = {
  entry: (id: string, seq: number, place: number) => `timeline.entry ${id} ${seq} at ${place}`,
  removed: (id: string, seq: number, place: number) => `conversation.removed ${id} ${seq} at ${place}`,
  agent: (id: string, place: number) => `agent.updated ${id} at ${place}`,
  all: (name: LiveEvent['name'], place: number) => `${name} at ${place}`,
  resync: 'resync_required',
};

function asHeard({ name, payload }: LiveEvent): Expected {
  if (!('cursor' in payload)) return { what: name };
  const place = placeOf(payload.cursor);
  if (name === 'timeline.entry') return { what: naming.entry(payload.conversationId, payload.seq, place), payload: JSON.stringify(payload) };
  if (name === 'conversation.removed') return { what: naming.removed(payload.conversationId, payload.seq, place) };
  if (name === 'agent.updated') return { what: naming.agent(payload.agent.id, place) };
  return { what: naming.all(name, place), payload: JSON.stringify(payload) };
}

/** How agents stand and what trays hold is told beside the stream, and by no history: it has no place among the rest. */
const isOfStream = ({ name }: LiveEvent): boolean => name !== 'agent.status' && name !== 'counts.updated';

/** What is wrong with all that one socket gave; nothing if nothing. */
export function faultsOf(session: Session, truth: Truth): string[] {
  const [first, ...rest] = session.heard.filter(isOfStream);
  if (!first) return [];
  if (first.name !== 'ready') return [`${session.name}: ${first.name} came before ready`];
  const { agent, cursor, resumed } = first.payload;
  const sight = sightOf(agent);
  if (resumed && session.cursor === null) return [`${session.name}: resumed without a cursor`];
  const from = placeOf(resumed && session.cursor !== null ? session.cursor : cursor);
  const possible = sightsFrom(truth, agent.id, from);
  // Who goes on must see what they saw; who begins may know already of a change that is not told yet.
  const current = resumed ? possible.slice(0, 1) : possible;
  if (!current.some((one) => sameSight(one, sight))) return [`${session.name}: ready with ${JSON.stringify(sight)} (resumed: ${resumed}) but it was ${JSON.stringify(current)}`];
  // A cursor refused is said at once.
  const told = !resumed && rest[0]?.name === 'resync_required' && session.cursor !== null ? rest.slice(1) : rest;
  const to = Math.max(from, ...told.map(({ payload }) => ('cursor' in payload ? placeOf(payload.cursor) : 0)));
  const expected = expectedBetween(truth, session.agentId, sight, from, to);
  return firstDifference(session, expected, told.map(asHeard));
}

/** What a socket must give for what happened after `from` up to `to`, if it begins with that sight. */
function expectedBetween(truth: Truth, agentId: string, began: Sight, from: number, to: number): Expected[] {
  let sight = began;
  return truth.happenings
    .filter(({ place }) => place > from && place <= to)
    .flatMap((one): Expected[] => {
      switch (one.noun) {
        case 'entry':
          return ofEntry(truth, one, (seq) => sees(sight, agentId, truth.conversations.get(one.conversationId)?.audiences[seq] ?? null));
        case 'all':
          return [{ what: naming.all(one.name, one.place), payload: one.payload }];
        case 'agent': {
          const changed = one.agentId === agentId && !sameSight(sight, one.sight);
          if (changed) sight = one.sight;
          return [{ what: naming.agent(one.agentId, one.place) }, ...(changed ? [{ what: naming.resync }] : [])];
        }
      }
    });
}

function ofEntry(truth: Truth, { conversationId, seq, place, payload }: Extract<Happening, { noun: 'entry' }>, seen: (seq: number) => boolean): Expected[] {
  if (seen(seq)) return [{ what: naming.entry(conversationId, seq, place), payload }];
  return seen(seq - 1) ? [{ what: naming.removed(conversationId, seq, place) }] : [];
}

function firstDifference({ name, whole, heard: [ready] }: Session, expected: readonly Expected[], heard: readonly Expected[]): string[] {
  for (let at = 0; at < Math.max(expected.length, heard.length); at++) {
    const [should, did] = [expected[at], heard[at]];
    // It may have been cut between the change and the word about it.
    if (!did && !whole && should?.what === naming.resync && at === expected.length - 1) continue;
    const wrong = should?.what !== did?.what ? 'got' : should?.payload !== did?.payload ? 'got otherwise' : null;
    if (wrong) return [`${name} (${JSON.stringify(ready?.payload)}): event ${at + 1} should be ${should?.what ?? 'none'}, ${wrong} ${did?.what ?? 'nothing'}; ${did?.payload ?? ''}`];
  }
  return [];
}

/**
 * Lists asked for after a change of sight was told must be answered by that sight, or by one that came after it:
 * each conversation, as it was listed, must have been for one of them to see.
 */
export function faultsOfReadings(name: string, agentId: string, readings: readonly { asOf: number; seen: readonly { id: string; seq: number }[] }[], truth: Truth): string[] {
  return readings.flatMap(({ asOf, seen }) => {
    const sights = sightsFrom(truth, agentId, asOf);
    const unseen = seen.filter(({ id, seq }) => {
      const conversation = truth.conversations.get(id);
      return conversation && !sights.some((sight) => sees(sight, agentId, conversation.audiences[seq] ?? null));
    });
    return unseen.map(({ id, seq }) => `${name}: was listed ${id} as of ${seq}, which it may not see since before ${asOf}`);
  });
}
