import type { AgentActor } from '../actor.js';
import { IsCount, IsId, IsNested, IsNestedList, IsString, IsTexts, Optional } from '../fields.js';
import { rpc } from '../rpc.js';

/** What an agent is told is exact below it, and this much where there are more. */
export const countBound = 1_000;

/** An agent's own conversations are counted up to here. */
export const ownBound = 2 * countBound;

/** What is assigned in one place is counted up to here, so that what is left without an agent's own reaches `countBound`. */
export const assignedBound = ownBound + countBound;

/** A team's queue, or that of no team. Text in any case: an engine may take an equality with null for a range. */
export const queueOf = (teamId: string | null): string => teamId ?? '-';

/** How many active conversations each tray holds for an agent (product rule "Sight"), and which notes wait for them. */
export class TrayCounts {
  @IsCount() unassigned: number;
  /** Assigned to the agent, of whatever team. */
  @IsCount() mine: number;
  /** Assigned to others. */
  @IsCount() agents: number;
  @IsCount() bot: number;
  /** Of `mine`, those with unread messages or marked as unread. */
  @IsCount() mineUnread: number;
  /** Active and closed, those with notes that name the agent and that they have not seen. Absent where there are none. */
  @Optional() @IsCount() mentioned?: number;
}

/** What is counted apart: a queue, all of the workspace, or what is assigned to one agent. */
export type CountKey = 'all' | `queue:${string}` | `agent:${string}`;

export const countKey = {
  all: 'all',
  queue: (teamId: string | null): CountKey => `queue:${queueOf(teamId)}`,
  agent: (agentId: string): CountKey => `agent:${agentId}`,
} as const;

/** Active conversations of a queue, or of all. */
export class PlaceCounts {
  @IsString() key: CountKey;
  /** Up to `countBound`, like `unassigned`. */
  @IsCount() bot: number;
  @IsCount() unassigned: number;
  /** Up to `assignedBound`. */
  @IsCount() assigned: number;
}

export class OwnInQueue {
  @IsId() queue: string;
  @IsCount() count: number;
}

/** Conversations, active and closed, with notes that name an agent and that they have not seen; `ownBound` of them at most. */
export class MentionCounts {
  /** Assigned to the agent, who sees these whatever their queue. */
  @IsCount() own: number;
  /** The others: which of them the agent sees is a matter of their teams. */
  @IsNestedList(() => OwnInQueue) queues: OwnInQueue[];
}

/** Active conversations of one agent; `ownBound` of them at most. */
export class OwnCounts {
  @IsString() key: CountKey;
  @IsNestedList(() => OwnInQueue) queues: OwnInQueue[];
  @IsCount() unread: number;
  /** Absent where there are none. */
  @Optional() @IsNested(() => MentionCounts) mentions?: MentionCounts;
}

export type KeyCounts = PlaceCounts | OwnCounts;

/** Keys that one request may name. */
export const maxCountKeys = 100;

/** Each is counted after the request came, together with whoever else asks for it at about that time. */
export class CountConversations {
  @IsTexts(/^(all|(queue|agent):[A-Za-z0-9_-]{1,64})$/, { max: maxCountKeys, message: 'must be keys of counts' }) keys: CountKey[];
}

export class ConversationsCounted {
  @IsNestedList(() => PlaceCounts) places: PlaceCounts[];
  @IsNestedList(() => OwnCounts) agents: OwnCounts[];
}

/** What the caller sees, counted after they asked. */
export class GetCounts {}

export const getCounts = rpc('rpc.conversations.counts.v1', GetCounts, TrayCounts, { callers: ['agent'] });
/** Of the caller's workspace. */
export const countConversations = rpc('rpc.conversations.count.v1', CountConversations, ConversationsCounted, { callers: ['system'] });

/** What an agent's counts are put together from: the places that they see all of, and what is theirs anywhere. */
export function countKeysOf({ id, role, teamIds }: Pick<AgentActor, 'id' | 'role' | 'teamIds'>): CountKey[] {
  const seen = role === 'agent' ? [null, ...teamIds].map(countKey.queue) : [countKey.all];
  return [...seen, countKey.agent(id)];
}

/** An agent's counts, from those of all their keys; null while one of these is not counted. */
export function trayCountsOf(keys: readonly CountKey[], counted: ReadonlyMap<CountKey, KeyCounts>): TrayCounts | null {
  const sum = { bot: 0, unassigned: 0, assigned: 0, mine: 0, mineSeen: 0, unread: 0, mentioned: 0 };
  const sees = (queue: string): boolean => keys.includes(countKey.all) || keys.includes(`queue:${queue}`);
  for (const key of keys) {
    const counts = counted.get(key);
    if (!counts) return null;
    if ('queues' in counts) {
      sum.unread += counts.unread;
      sum.mine += totalOf(counts.queues);
      sum.mineSeen += totalOf(counts.queues.filter(({ queue }) => sees(queue)));
      if (counts.mentions) sum.mentioned += counts.mentions.own + totalOf(counts.mentions.queues.filter(({ queue }) => sees(queue)));
    } else {
      sum.bot += counts.bot;
      sum.unassigned += counts.unassigned;
      sum.assigned += counts.assigned;
    }
  }
  // Keys are not counted at one moment: one's own may be known to be assigned before its queue is.
  const agents = Math.max(0, sum.assigned - sum.mineSeen);
  const bounded = (count: number): number => Math.min(count, countBound);
  return {
    unassigned: bounded(sum.unassigned),
    mine: bounded(sum.mine),
    agents: bounded(agents),
    bot: bounded(sum.bot),
    mineUnread: bounded(sum.unread),
    ...(sum.mentioned > 0 && { mentioned: bounded(sum.mentioned) }),
  };
}

const totalOf = (queues: readonly OwnInQueue[]): number => queues.reduce((sum, { count }) => sum + count, 0);
