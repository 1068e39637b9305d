import type { AgentView, ConversationView, Entry } from '@relevo/contracts';
import { type LiveEvent, type LiveState, type Reload, toldOf, withKey, withoutKey } from './live-state.js';
import { unknownTimeline, withEntry } from './timelines.js';

/** The state after an event. Events of one socket are applied in the order in which they came. */
export function apply(before: LiveState, { name, payload }: LiveEvent): LiveState {
  const state = 'cursor' in payload ? { ...before, cursor: payload.cursor } : before;
  switch (name) {
    case 'ready': {
      const known = { ...state, me: payload.agent };
      return payload.resumed ? known : beginReload(known);
    }
    case 'resync_required':
      return beginReload(state);
    case 'timeline.entry':
      return shown(state, payload.conversation, payload.entry);
    case 'conversation.removed':
      return removed(state, payload.conversationId, payload.seq);
    case 'agent.updated':
      return { ...withAgent(state, payload.agent), ...told(state, payload.agent.id) };
    case 'agent.status': {
      const { agentId, ...standing } = payload;
      const held = heldAgent(state, agentId);
      return held ? withAgent(state, { ...held, ...standing }) : state;
    }
    case 'team.updated':
      return { ...state, teams: withKey(state.teams, payload.team.id, payload.team), ...told(state, payload.team.id) };
    case 'tag.updated':
      return { ...state, tags: withKey(state.tags, payload.tag.id, payload.tag), ...told(state, payload.tag.id) };
    case 'counts.updated':
      return { ...state, counts: payload };
    case 'quick-reply.updated':
      return { ...state, quickReplies: withKey(state.quickReplies, payload.quickReply.id, payload.quickReply), ...told(state, payload.quickReply.id) };
    case 'attribute.updated':
      return { ...state, attributes: withKey(state.attributes, payload.attribute.key, payload.attribute), ...told(state, toldOf(payload.attribute)) };
    case 'policy.updated':
      return { ...state, policy: payload.policy, ...told(state, 'policy') };
    case 'settings.updated':
      return { ...state, settings: payload.settings, ...told(state, 'settings') };
    case 'customer.updated':
    case 'typing':
    case 'viewing':
    case 'mentioned':
      break;
  }
  // Newer gateways may tell of more than is kept here.
  return state;
}

const heldAgent = ({ agents, me }: LiveState, id: string): AgentView | undefined => agents.get(id) ?? (me?.id === id ? me : undefined);

const withAgent = (state: LiveState, agent: AgentView): LiveState => ({
  ...state,
  me: agent.id === state.me?.id ? agent : state.me,
  agents: withKey(state.agents, agent.id, agent),
});

/** What is held may be out of date or no longer to be seen; it stays in view until the lists are loaded. */
function beginReload(state: LiveState): LiveState {
  const reloads = state.reloads + 1;
  const timelines = new Map([...state.timelines].map(([id, timeline]) => [id, { ...timeline, loaded: false }]));
  return { ...state, timelines, reloads, reload: { number: reloads, shown: new Set(), removed: new Map(), told: new Set() } };
}

const noting = (state: LiveState, note: (reload: Reload) => Partial<Reload>): Pick<LiveState, 'reload'> => ({
  reload: state.reload && { ...state.reload, ...note(state.reload) },
});

/** An older view than the one held brings its entry only: the lists were read later than it happened. */
function shown(state: LiveState, view: ConversationView, entry: Entry): LiveState {
  const held = state.conversations.get(view.id);
  const timeline = state.timelines.get(view.id);
  return {
    ...state,
    ...noting(state, (reload) => ({ shown: new Set(reload.shown).add(view.id), removed: withoutKey(reload.removed, view.id) })),
    conversations: held && held.seq >= view.seq ? state.conversations : withKey(state.conversations, view.id, view),
    timelines: timeline ? withKey(state.timelines, view.id, withEntry(timeline, entry)) : state.timelines,
  };
}

/** Where the lists were read later and showed it, it has come back since. */
function removed(state: LiveState, id: string, seq: number): LiveState {
  const held = state.conversations.get(id);
  if (held && held.seq > seq) return state;
  const without = ({ shown, removed }: Reload): Partial<Reload> => {
    const left = new Set(shown);
    left.delete(id);
    return { shown: left, removed: withKey(removed, id, seq) };
  };
  return {
    ...state,
    ...noting(state, without),
    conversations: withoutKey(state.conversations, id),
    timelines: state.timelines.has(id) ? withKey(state.timelines, id, unknownTimeline) : state.timelines,
  };
}

const told = (state: LiveState, id: string): Pick<LiveState, 'reload'> => noting(state, (reload) => ({ told: new Set(reload.told).add(id) }));
