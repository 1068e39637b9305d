import type { ConversationView } from '../conversations/conversation.js';
import type { TrayCounts } from '../conversations/counts.js';
import type { EntryActor } from '../author.js';
import type { Entry } from '../conversations/entry.js';
import type { PolicyView } from '../conversations/policy.js';
import type { QuickReplyView } from '../conversations/quick-replies.js';
import type { TagView } from '../conversations/tags.js';
import type { Viewer } from '../conversations/viewing.js';
import type { AttributeDefinition, CustomerView } from '../customers/customers.js';
import type { AgentView, Presence, TeamView } from '../routing/routing.js';
import type { AgentSettings } from '../routing/settings.js';
import type { ErrorBody } from '../errors.js';

/** What the server tells a socket in namespace `/agent`. `cursor` is `<epoch>.<streamSeq>`, opaque to clients. */
export interface LiveEvents {
  ready: (event: { agent: AgentView; cursor: string; resumed: boolean }) => void;
  resync_required: (event: { reason: string }) => void;
  'timeline.entry': (event: { cursor: string; conversationId: string; seq: number; entry: Entry; conversation: ConversationView }) => void;
  'conversation.removed': (event: { cursor: string; conversationId: string; seq: number }) => void;
  'customer.updated': (event: { cursor: string; customer: CustomerView }) => void;
  /** With how they stand when it is told; changes of that alone are `agent.status`. */
  'agent.updated': (event: { cursor: string; agent: AgentView }) => void;
  'agent.status': (event: { agentId: string; status: Presence; activeCount: number }) => void;
  /** To the agent's own sockets alone. */
  'settings.updated': (event: { cursor: string; settings: AgentSettings }) => void;
  'team.updated': (event: { cursor: string; team: TeamView }) => void;
  /** What is known of customers: defined or changed by an admin. */
  'attribute.updated': (event: { cursor: string; attribute: AttributeDefinition }) => void;
  'tag.updated': (event: { cursor: string; tag: TagView }) => void;
  'quick-reply.updated': (event: { cursor: string; quickReply: QuickReplyView }) => void;
  /** Of the agent themselves: once after `ready` and after each `resync_required`, then when they changed, at most once a second. */
  'counts.updated': (event: TrayCounts) => void;
  /** Somebody writes, or left off (`stopped`); without news it is over after some seconds. */
  typing: (event: { conversationId: string; actor: EntryActor; stopped?: boolean }) => void;
  /** Who has it open, the receiver too; to those alone, and 20 of them at most. In force until the next, or until the socket ends. */
  viewing: (event: { conversationId: string; agents: readonly Viewer[] }) => void;
  /** Of a note that names the agent, and that they may see; to their own sockets alone. */
  mentioned: (event: { conversationId: string; seq: number; actor: EntryActor }) => void;
  'policy.updated': (event: { cursor: string; policy: PolicyView }) => void;
}

/** Acknowledgement of every request over a socket. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: ErrorBody & { correlationId: string } };
