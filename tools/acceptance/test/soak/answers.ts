import type { Audience, ErrorCode, TrayCounts } from '@relevo/contracts';
import type { Chronicle, Span } from './chronicle.js';
import type { Sight } from './session.js';
import { sees, type TrueConversation } from './truth.js';

/** What an agent was told when they asked. */
export interface Answer extends Span {
  /** As messages name it. */
  readonly name: string;
  readonly agentId: string;
  readonly told: Told;
}

export type Told =
  /** Each as of an entry. */
  | { readonly what: 'conversations'; readonly seen: readonly { readonly id: string; readonly seq: number }[] }
  | { readonly what: 'timeline'; readonly id: string; readonly seqs: readonly number[] }
  | { readonly what: 'counts'; readonly counts: TrayCounts }
  /** `id`: the conversation that was asked for. */
  | { readonly what: 'refusal'; readonly code: ErrorCode; readonly id?: string };

/** All conversations of the workspace. */
type Conversations = ReadonlyMap<string, TrueConversation>;

/**
 * What is wrong with an answer; nothing if nothing. It must be right by what the agent was entitled to at some moment
 * between question and answer, and by no conversation as it was before the question.
 */
export function faultsOfAnswer({ name, agentId, from, to, told }: Answer, conversations: Conversations, chronicle: Chronicle): string[] {
  const active = chronicle.activeDuring(agentId, { from, to });
  if (told.what === 'refusal' && told.code === 'UNAUTHENTICATED') return active.includes(false) ? [] : [`${name}: refused as nobody's`];
  if (!active.includes(true)) return [`${name}: answered, though no agent's any more`];
  const sights = chronicle.sightsDuring(agentId, { from, to });
  const isSeen = (id: string, seq: number): boolean => sights.some((sight) => sees(sight, agentId, conversations.get(id)?.audiences[seq] ?? null));
  const faultsOfShown = (id: string, seq: number): string[] => {
    const known = chronicle.seqAt(id, from);
    if (!isSeen(id, seq)) return [`${name}: shows ${id} as of ${seq}, which is not for them to see`];
    return seq < known ? [`${name}: shows ${id} as of ${seq}, though it had come to ${known}`] : [];
  };
  switch (told.what) {
    case 'conversations':
      return told.seen.flatMap(({ id, seq }) => faultsOfShown(id, seq));
    case 'timeline':
      return faultsOfShown(told.id, Math.max(...told.seqs));
    case 'counts':
      return faultsOfCounts(name, told.counts, [...conversations.values()], agentId, sights);
    case 'refusal': {
      const audiences = told.code === 'NOT_FOUND' && told.id !== undefined ? (conversations.get(told.id)?.audiences.slice(chronicle.seqAt(told.id, from)) ?? []) : [];
      const isAlwaysSeen = audiences.length > 0 && audiences.every((audience) => sights.every((sight) => sees(sight, agentId, audience)));
      return isAlwaysSeen ? [`${name}: does not find ${told.id}, which they may see`] : [];
    }
  }
}

/** Counts may be a moment old, but never of more than the agent may see, as it ever stood. */
function faultsOfCounts(name: string, counts: TrayCounts, conversations: readonly TrueConversation[], agentId: string, sights: readonly Sight[]): string[] {
  const ever = (fits: (audience: Audience) => boolean): number => conversations.filter(({ audiences }) => audiences.some((audience) => audience !== null && fits(audience))).length;
  const most = Math.max(...sights.map((sight) => ever((audience) => sees(sight, agentId, audience))));
  const own = ever(({ assigneeId }) => assigneeId === agentId);
  const bounds: Required<TrayCounts> = { unassigned: most, bot: most, agents: most, mine: own, mineUnread: own, mentioned: most };
  const over = (Object.keys(bounds) as (keyof TrayCounts)[]).filter((tray) => (counts[tray] ?? 0) > bounds[tray]);
  return over.map((tray) => `${name}: counts ${counts[tray]} of ${tray}, though there never were more than ${bounds[tray]} to see`);
}
