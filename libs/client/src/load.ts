import type { AgentSettings, AgentView, AttributeDefinition, ConversationView, PolicyView, QuickReplyView, TagView, TeamView } from '@relevo/contracts';
import { type LiveState, toldOf } from './live-state.js';
import { unknownTimeline } from './timelines.js';

/**
 * Everything of every list, read page by page after the reload was wanted. It need not be of one moment: a conversation
 * may be in it twice, or have moved between its pages; events tell of what happened meanwhile.
 */
export interface Snapshot {
  /** The `number` of the reload that it answers. */
  readonly reload: number;
  readonly conversations: readonly ConversationView[];
  readonly agents: readonly AgentView[];
  readonly teams: readonly TeamView[];
  readonly tags: readonly TagView[];
  /** What was not asked for stays as it is. */
  readonly quickReplies?: readonly QuickReplyView[];
  readonly attributes?: readonly AttributeDefinition[];
  readonly policy?: PolicyView;
  readonly settings?: AgentSettings;
}

/**
 * Merges lists that were read while events went on: of each conversation the view with the higher seq is the newer one;
 * what neither the lists nor an event since showed is gone. An answer to an earlier reload changes nothing.
 */
export function load(state: LiveState, snapshot: Snapshot): LiveState {
  const { reload } = state;
  if (reload?.number !== snapshot.reload) return state;
  const conversations = new Map([...state.conversations].filter(([id]) => reload.shown.has(id)));
  for (const view of snapshot.conversations) {
    if (view.seq < (reload.removed.get(view.id) ?? 0)) continue;
    if (view.seq >= (conversations.get(view.id)?.seq ?? 0)) conversations.set(view.id, view);
  }
  const timelines = new Map([...state.timelines].map(([id, timeline]) => [id, conversations.has(id) ? timeline : unknownTimeline]));
  return {
    ...state,
    conversations,
    timelines,
    agents: withStandings(newest(state.agents, snapshot.agents, reload.told), snapshot.agents),
    teams: newest(state.teams, snapshot.teams, reload.told),
    tags: newest(state.tags, snapshot.tags, reload.told),
    quickReplies: snapshot.quickReplies ? newest(state.quickReplies, snapshot.quickReplies, reload.told) : state.quickReplies,
    attributes: snapshot.attributes ? withDefinitions(state.attributes, snapshot.attributes, reload.told) : state.attributes,
    policy: reload.told.has('policy') ? state.policy : (snapshot.policy ?? state.policy),
    settings: reload.told.has('settings') ? state.settings : (snapshot.settings ?? state.settings),
    reload: null,
  };
}

/** These carry no number. What an event told is kept: if the list is newer still, its event is on the way. */
function newest<V extends { readonly id: string }>(held: ReadonlyMap<string, V>, listed: readonly V[], told: ReadonlySet<string>): ReadonlyMap<string, V> {
  const kept = [...held].filter(([id]) => told.has(id));
  return new Map([...listed.map((item) => [item.id, item] as const), ...kept]);
}

/** In the order of the list: what an event told is put in its place, or after all, where it is newer than the list. */
function withDefinitions(held: ReadonlyMap<string, AttributeDefinition>, listed: readonly AttributeDefinition[], told: ReadonlySet<string>): ReadonlyMap<string, AttributeDefinition> {
  const kept = [...held.values()].filter((definition) => told.has(toldOf(definition)));
  return new Map([...listed, ...kept].map((definition) => [definition.key, definition]));
}

/** Events that tell of an agent say nothing of how they stand; the list does. */
function withStandings(agents: ReadonlyMap<string, AgentView>, listed: readonly AgentView[]): ReadonlyMap<string, AgentView> {
  const standing = listed.flatMap(({ id, status, activeCount }) => {
    const agent = agents.get(id);
    return agent ? [[id, { ...agent, status, activeCount }] as const] : [];
  });
  return new Map([...agents, ...standing]);
}

/** What must be asked for over REST; nothing else ever has to be. */
export interface Wanted {
  /** Of the reload, when the lists are wanted. */
  readonly reload: number | null;
  /** Conversations whose timelines are wanted. */
  readonly timelines: readonly string[];
}

export function wanted({ reload, timelines, conversations }: LiveState): Wanted {
  const missing = [...timelines].filter(([id, { loaded }]) => !loaded && conversations.has(id));
  return { reload: reload?.number ?? null, timelines: missing.map(([id]) => id) };
}
