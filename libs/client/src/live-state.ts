import type { AgentSettings, AttributeDefinition, AgentView, ConversationView, Entry, LiveEvents, PolicyView, QuickReplyView, TagView, TeamView, TrayCounts } from '@relevo/contracts';

/** An event as the socket gave it. */
export type LiveEvent = { [E in keyof LiveEvents]: { readonly name: E; readonly payload: Parameters<LiveEvents[E]>[0] } }[keyof LiveEvents];

/** A conversation's timeline that somebody looks at. */
export interface Timeline {
  /** In seq order. */
  readonly entries: readonly Entry[];
  /** Whether nothing is missing between them and what events will bring; if not, it is to be loaded. */
  readonly loaded: boolean;
}

/** What is not numbered, by id. */
export interface Directory {
  readonly agents: ReadonlyMap<string, AgentView>;
  readonly teams: ReadonlyMap<string, TeamView>;
  readonly tags: ReadonlyMap<string, TagView>;
  readonly quickReplies: ReadonlyMap<string, QuickReplyView>;
  /** By key, in the order in which they were made. */
  readonly attributes: ReadonlyMap<string, AttributeDefinition>;
  readonly policy: PolicyView | null;
  /** The agent's own. */
  readonly settings: AgentSettings | null;
}

/** Lists that are to be loaded, and what events said since that was known: a snapshot may be older than that. */
export interface Reload {
  readonly number: number;
  /** Conversations that an event showed. */
  readonly shown: ReadonlySet<string>;
  /** Conversations that an event took away, with its seq. */
  readonly removed: ReadonlyMap<string, number>;
  /** Ids of the directory that an event told of; attributes by `toldOf`, `policy` and `settings` by their names. */
  readonly told: ReadonlySet<string>;
}

/**
 * All that an agent's frontend keeps. Only `apply` (an event), `load` and `loadTimeline` (answers over REST), `open` and
 * `shut` make another one of it; `wanted` says what must be asked for.
 */
export interface LiveState extends Directory {
  readonly me: AgentView | null;
  /** For the handshake of the next socket. */
  readonly cursor: string | null;
  /** All that the agent may see, active and closed. */
  readonly conversations: ReadonlyMap<string, ConversationView>;
  /** Of those that are open in front of somebody. */
  readonly timelines: ReadonlyMap<string, Timeline>;
  /** Of the trays, as they were last told; null until then. */
  readonly counts: TrayCounts | null;
  /** How many times lists had to be loaded. What was asked before the last of them is out of date. */
  readonly reloads: number;
  /** Null when the lists are loaded. */
  readonly reload: Reload | null;
}

export const emptyState: LiveState = {
  me: null,
  cursor: null,
  conversations: new Map(),
  timelines: new Map(),
  agents: new Map(),
  teams: new Map(),
  tags: new Map(),
  quickReplies: new Map(),
  attributes: new Map(),
  policy: null,
  settings: null,
  counts: null,
  reloads: 0,
  reload: null,
};

/** Keys are words that admins choose, and might be another's id. */
export const toldOf = ({ key }: AttributeDefinition): string => `attribute ${key}`;

/** Copies, so that whoever holds the state before still holds it. */
export function withKey<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function withoutKey<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
