import type { AnyRpc, Rpc } from '../rpc.js';
import type { Class } from '../validate.js';
import { createChannel, listChannels } from '../channels/channels.js';
import {
  addNote,
  claimConversation,
  closeConversation,
  markConversationRead,
  markConversationUnread,
  openConversation,
  releaseConversation,
  sendMessage,
  tagConversation,
  transferConversation,
  undoConversation,
  untagConversation,
  WriteMessage,
} from '../conversations/commands.js';
import { getCounts } from '../conversations/counts.js';
import { getConversation, getTimeline, listConversations, listCustomerConversations } from '../conversations/queries.js';
import { getPolicy, updatePolicy } from '../conversations/policy.js';
import { createQuickReply, listQuickReplies, updateQuickReply } from '../conversations/quick-replies.js';
import { createTag, listTags, updateTag } from '../conversations/tags.js';
import {
  blockCustomer,
  defineAttribute,
  dropCustomer,
  getCustomer,
  getCustomerHistory,
  listAttributes,
  listCustomers,
  mergeCustomer,
  revertCustomer,
  takeCustomer,
  unblockCustomer,
  updateAttribute,
  updateCustomer,
} from '../customers/customers.js';
import { changeSettings, setStatus } from '../routing/presence.js';
import { createAgent, createTeam, listAgents, listTeams, resetPassword, updateAgent, updateTeam } from '../routing/routing.js';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One thing an agent can ask of the gateway: over REST (`<method> /v1<path>`) and, where it has an `event`, over the
 * socket. Both lead to the same request, so neither can do what the other cannot.
 */
export interface Operation {
  readonly rpc: AnyRpc;
  /** What agents ask, where the gateway adds to it on its way; the rpc's own request when absent. */
  readonly body?: Class<object>;
  readonly method: HttpMethod;
  /** Under `/v1`; `:name` is a field of the request. */
  readonly path: string;
  readonly event?: string;
  /** HTTP status of success; 200 when absent. */
  readonly status?: number;
  /** Writes a text: counts towards what an agent may send in a second. */
  readonly isSend?: boolean;
}

const listed = [
  { rpc: listConversations, method: 'GET', path: '/conversations', event: 'conversation.list' },
  // Before the path that takes any id: no conversation's is a word.
  { rpc: getCounts, method: 'GET', path: '/conversations/counts' },
  { rpc: getConversation, method: 'GET', path: '/conversations/:conversationId', event: 'conversation.get' },
  { rpc: getTimeline, method: 'GET', path: '/conversations/:conversationId/timeline', event: 'conversation.timeline' },
  { rpc: claimConversation, method: 'POST', path: '/conversations/:conversationId/claim', event: 'conversation.claim' },
  { rpc: releaseConversation, method: 'POST', path: '/conversations/:conversationId/release', event: 'conversation.release' },
  { rpc: markConversationRead, method: 'POST', path: '/conversations/:conversationId/read', event: 'conversation.read' },
  { rpc: markConversationUnread, method: 'POST', path: '/conversations/:conversationId/unread', event: 'conversation.unread' },
  { rpc: closeConversation, method: 'POST', path: '/conversations/:conversationId/close', event: 'conversation.close' },
  { rpc: transferConversation, method: 'POST', path: '/conversations/:conversationId/transfer', event: 'conversation.transfer' },
  { rpc: undoConversation, method: 'POST', path: '/conversations/:conversationId/undo', event: 'conversation.undo' },
  { rpc: tagConversation, method: 'PUT', path: '/conversations/:conversationId/tags/:tagId', event: 'conversation.tag' },
  { rpc: untagConversation, method: 'DELETE', path: '/conversations/:conversationId/tags/:tagId', event: 'conversation.untag' },
  { rpc: openConversation, method: 'POST', path: '/conversations', isSend: true },
  { rpc: sendMessage, body: WriteMessage, method: 'POST', path: '/conversations/:conversationId/messages', event: 'message.send', isSend: true },
  { rpc: addNote, method: 'POST', path: '/conversations/:conversationId/notes', event: 'note.add', isSend: true },
  { rpc: listCustomers, method: 'GET', path: '/customers' },
  { rpc: getCustomer, method: 'GET', path: '/customers/:customerId', event: 'customer.get' },
  { rpc: updateCustomer, method: 'PATCH', path: '/customers/:customerId', event: 'customer.update' },
  { rpc: getCustomerHistory, method: 'GET', path: '/customers/:customerId/history' },
  { rpc: listCustomerConversations, method: 'GET', path: '/customers/:customerId/conversations' },
  { rpc: revertCustomer, method: 'POST', path: '/customers/:customerId/revert' },
  { rpc: mergeCustomer, method: 'POST', path: '/customers/:customerId/merge' },
  { rpc: blockCustomer, method: 'PUT', path: '/customers/:customerId/block' },
  { rpc: unblockCustomer, method: 'DELETE', path: '/customers/:customerId/block' },
  { rpc: takeCustomer, method: 'PUT', path: '/customers/:customerId/affinity' },
  { rpc: dropCustomer, method: 'DELETE', path: '/customers/:customerId/affinity' },
  { rpc: listTags, method: 'GET', path: '/tags' },
  { rpc: createTag, method: 'POST', path: '/tags' },
  { rpc: updateTag, method: 'PATCH', path: '/tags/:tagId' },
  { rpc: listQuickReplies, method: 'GET', path: '/quick-replies' },
  { rpc: createQuickReply, method: 'POST', path: '/quick-replies' },
  { rpc: updateQuickReply, method: 'PATCH', path: '/quick-replies/:quickReplyId' },
  { rpc: getPolicy, method: 'GET', path: '/policy' },
  { rpc: updatePolicy, method: 'PATCH', path: '/policy' },
  { rpc: listAttributes, method: 'GET', path: '/attributes' },
  { rpc: defineAttribute, method: 'POST', path: '/attributes' },
  { rpc: updateAttribute, method: 'PATCH', path: '/attributes/:key' },
  { rpc: listTeams, method: 'GET', path: '/teams' },
  { rpc: createTeam, method: 'POST', path: '/teams' },
  { rpc: updateTeam, method: 'PATCH', path: '/teams/:teamId' },
  { rpc: listAgents, method: 'GET', path: '/agents' },
  { rpc: createAgent, method: 'POST', path: '/agents' },
  { rpc: updateAgent, method: 'PATCH', path: '/agents/:agentId' },
  { rpc: resetPassword, method: 'PUT', path: '/agents/:agentId/password' },
  { rpc: setStatus, method: 'PUT', path: '/me/status', event: 'presence.set' },
  { rpc: changeSettings, method: 'PATCH', path: '/me' },
  { rpc: listChannels, method: 'GET', path: '/channels' },
  { rpc: createChannel, method: 'POST', path: '/channels' },
] as const satisfies readonly Operation[];

export const operations: readonly Operation[] = listed;

type Listed = (typeof listed)[number];

type NameOf<O extends Operation> = O extends { method: infer Method extends string; path: infer Path extends string } ? `${Method} ${Path}` : never;

/** `<method> <path>` of each: what is kept for every operation is typed by it, so that a new one cannot be forgotten. */
export type OperationName = NameOf<Listed>;

/**
 * What each asks and is answered, by its name: for clients that cannot load the classes (a browser's bundle). `event` is
 * its name over the socket, `never` where it has none.
 */
export type OperationTypes = {
  readonly [O in Listed as NameOf<O>]: O extends { rpc: Rpc<infer Request, infer Reply> }
    ? { readonly request: O extends { body: Class<infer Body> } ? Body : Request; readonly reply: Reply; readonly event: O extends { event: infer Event extends string } ? Event : never }
    : never;
};

export const nameOf = ({ method, path }: Operation): OperationName => `${method} ${path}` as OperationName;

/** The class of what agents ask. */
export const requestOf = ({ rpc, body }: Pick<Operation, 'rpc' | 'body'>): Class<object> => body ?? rpc.request;

/** Whether an operation changes something, and so carries a `commandId`. */
export const isCommand = ({ method }: Operation): boolean => method !== 'GET';
