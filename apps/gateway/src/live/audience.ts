import type {
  AgentEvent,
  AgentProfile,
  AgentView,
  AttributeEvent,
  Audience,
  ConversationEvent,
  ConversationsEvent,
  CustomerEvent,
  LiveEvents,
  TeamEvent,
  WorkspaceEvent,
} from '@relevo/contracts';
import { room } from './rooms.js';

/** Everything that is published to the internal stream. */
export type InternalEvent = ConversationsEvent | CustomerEvent | AttributeEvent | AgentEvent | TeamEvent | WorkspaceEvent;

/** One live event for whoever is in a room of `to` and in none of `except`; once, however many of them they are in. */
export type Delivery = {
  [E in keyof LiveEvents]: {
    readonly event: E;
    readonly payload: Parameters<LiveEvents[E]>[0];
    readonly to: readonly string[];
    readonly except: readonly string[];
  };
}[keyof LiveEvents];

/** An agent with how they stand just now. */
export type ViewOf = (workspaceId: string, agent: AgentProfile) => AgentView;

/** Rooms of those who may see a conversation (product rule "Sight"). */
export function seers(workspaceId: string, { teamId, assigneeId }: Audience): string[] {
  return [
    room.supervisors(workspaceId),
    teamId === null ? room.teamless(workspaceId) : room.team(workspaceId, teamId),
    ...(assigneeId === null ? [] : [room.agent(workspaceId, assigneeId)]),
  ];
}

function ofConversation({ workspaceId, entry, conversation, before, after }: ConversationEvent, cursor: string): Delivery[] {
  const { conversationId, seq } = entry;
  const seeing = seers(workspaceId, after);
  const happened: Delivery = { event: 'timeline.entry', payload: { cursor, conversationId, seq, entry, conversation }, to: seeing, except: [] };
  const saw = before ? seers(workspaceId, before) : [];
  if (saw.every((name) => seeing.includes(name))) return [happened];
  return [happened, { event: 'conversation.removed', payload: { cursor, conversationId, seq }, to: saw, except: seeing }];
}

/**
 * Who is told what of an event, from the event alone: no query, whatever the number of agents. Each socket gets at most
 * one of the deliveries.
 */
export function deliveriesOf(event: InternalEvent, cursor: string, viewOf: ViewOf): Delivery[] {
  const toEveryone = { to: [room.everyone(event.workspaceId)], except: [] };
  switch (event.noun) {
    case 'conversation':
      return ofConversation(event, cursor);
    case 'customer':
      return [{ event: 'customer.updated', payload: { cursor, customer: event.customer }, ...toEveryone }];
    case 'agent':
      if (event.settings) return [{ event: 'settings.updated', payload: { cursor, settings: event.settings }, to: [room.agent(event.workspaceId, event.agent.id)], except: [] }];
      return [{ event: 'agent.updated', payload: { cursor, agent: viewOf(event.workspaceId, event.agent) }, ...toEveryone }];
    case 'team':
      return [{ event: 'team.updated', payload: { cursor, team: event.team }, ...toEveryone }];
    case 'tag':
      return [{ event: 'tag.updated', payload: { cursor, tag: event.tag }, ...toEveryone }];
    case 'quick-reply':
      return [{ event: 'quick-reply.updated', payload: { cursor, quickReply: event.quickReply }, ...toEveryone }];
    case 'policy':
      return [{ event: 'policy.updated', payload: { cursor, policy: event.policy }, ...toEveryone }];
    case 'attribute':
      return [{ event: 'attribute.updated', payload: { cursor, attribute: event.attribute }, ...toEveryone }];
    case 'workspace':
      return [];
  }
}

/** What whoever is in these rooms is told of an event: one delivery or none. */
export const deliveryTo = (rooms: ReadonlySet<string>, event: InternalEvent, cursor: string, viewOf: ViewOf): Delivery[] =>
  deliveriesOf(event, cursor, viewOf).filter(({ to, except }) => to.some((name) => rooms.has(name)) && !except.some((name) => rooms.has(name)));
