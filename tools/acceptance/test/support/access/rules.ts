import { randomUUID } from 'node:crypto';
import type { OperationName } from '@relevo/contracts';
import type { Fields } from '../answer.js';
import {
  adminsChangeAgents,
  adminsChangeAttributes,
  adminsChangeQuickReplies,
  adminsChangeTags,
  adminsChangeTeams,
  adminsWrite,
  agentsRead,
  anyConversation,
  conversation,
  customer,
  editedCustomer,
  formerCustomer,
  type Subject,
  supervisorsCustomer,
  tagged,
  twoCustomers,
  withReceiver,
  withTag,
} from './subjects.js';

export interface Rule {
  /** One test row for each of these and each caller. */
  readonly subjects: readonly Subject[];
  /** A body that is good besides the ids; another one each time. `mark` is found in whatever it stores. */
  readonly body?: (mark: string) => Fields;
}

const closed = 'CONVERSATION_CLOSED';
const ok = { queued: 'ok', assigned: 'ok', closed: 'ok' } as const;
const bySupervisors = { agent: 'NOT_ASSIGNEE', supervisor: 'made' } as const;
const byAssigneeOrSupervisors = { assignee: 'made', ...bySupervisors } as const;
const byAssigneeAlone = { assignee: 'made', agent: 'nothing', supervisor: 'nothing' } as const;

const named = (mark: string): Fields => ({ name: `${mark} ${randomUUID()}` });

const quickReply = (mark: string): Fields => ({ shortcut: `s${randomUUID()}`, text: mark });

/** Who may do what (product.md, "Sight", "Claim", "Close", "Read"; the contract's table). A new operation does not compile without its line. */
export const rules: Readonly<Record<OperationName, Rule>> = {
  'GET /conversations': { subjects: agentsRead },
  'GET /conversations/counts': { subjects: agentsRead },
  'GET /conversations/:conversationId': { subjects: conversation(ok) },
  'GET /conversations/:conversationId/timeline': { subjects: conversation(ok) },
  'POST /conversations/:conversationId/claim': { subjects: conversation({ queued: 'made', assigned: { assignee: 'nothing', agent: 'ALREADY_ASSIGNED', supervisor: 'ALREADY_ASSIGNED' }, closed }) },
  'POST /conversations/:conversationId/release': { subjects: conversation({ queued: { agent: 'NOT_ASSIGNEE', supervisor: 'nothing' }, assigned: byAssigneeOrSupervisors, closed }) },
  'POST /conversations/:conversationId/read': { subjects: conversation({ queued: 'nothing', assigned: byAssigneeAlone, closed: 'nothing' }), body: () => ({ upToSeq: 2 }) },
  'POST /conversations/:conversationId/unread': { subjects: conversation({ queued: 'nothing', assigned: byAssigneeAlone, closed: 'nothing' }) },
  'POST /conversations/:conversationId/close': { subjects: conversation({ queued: bySupervisors, assigned: byAssigneeOrSupervisors, closed }) },
  'POST /conversations/:conversationId/transfer': { subjects: conversation({ queued: 'made', assigned: byAssigneeOrSupervisors, closed }, withReceiver), body: (mark) => ({ note: mark, force: true }) },
  'POST /conversations/:conversationId/undo': {
    subjects: conversation({ queued: 'RULE_VIOLATED', assigned: 'RULE_VIOLATED', closed: { assignee: 'made', agent: 'RULE_VIOLATED', supervisor: 'RULE_VIOLATED' } }),
  },
  'PUT /conversations/:conversationId/tags/:tagId': { subjects: conversation({ queued: 'made', assigned: 'made', closed: 'made' }, withTag) },
  'DELETE /conversations/:conversationId/tags/:tagId': { subjects: conversation({ queued: 'made', assigned: 'made', closed: 'made' }, tagged) },
  'POST /conversations': { subjects: formerCustomer, body: (mark) => ({ text: mark }) },
  'POST /conversations/:conversationId/messages': { subjects: conversation({ queued: bySupervisors, assigned: byAssigneeOrSupervisors, closed }), body: (mark) => ({ text: mark }) },
  'POST /conversations/:conversationId/notes': { subjects: conversation({ queued: 'made', assigned: 'made', closed }), body: (mark) => ({ text: mark, mentions: [] }) },
  'GET /customers': { subjects: agentsRead },
  'GET /customers/:customerId': { subjects: customer },
  'PATCH /customers/:customerId': { subjects: customer, body: (mark) => ({ set: { [mark]: mark }, version: 1 }) },
  'GET /customers/:customerId/history': { subjects: customer },
  'GET /customers/:customerId/conversations': { subjects: customer },
  'POST /customers/:customerId/revert': { subjects: editedCustomer },
  'POST /customers/:customerId/merge': { subjects: twoCustomers },
  'PUT /customers/:customerId/block': { subjects: supervisorsCustomer },
  'DELETE /customers/:customerId/block': { subjects: supervisorsCustomer },
  'PUT /customers/:customerId/affinity': { subjects: customer },
  'DELETE /customers/:customerId/affinity': { subjects: customer },
  'GET /tags': { subjects: agentsRead },
  'POST /tags': { subjects: adminsWrite, body: named },
  'PATCH /tags/:tagId': { subjects: adminsChangeTags, body: named },
  'GET /quick-replies': { subjects: agentsRead },
  'POST /quick-replies': { subjects: adminsWrite, body: quickReply },
  'PATCH /quick-replies/:quickReplyId': { subjects: adminsChangeQuickReplies, body: quickReply },
  'GET /policy': { subjects: agentsRead },
  'PATCH /policy': { subjects: adminsWrite, body: () => ({ voice: true }) },
  'GET /attributes': { subjects: agentsRead },
  'POST /attributes': { subjects: adminsWrite, body: (mark) => ({ key: `${mark}_${randomUUID().slice(0, 8)}`, label: mark, type: 'text' }) },
  'PATCH /attributes/:key': { subjects: adminsChangeAttributes, body: (mark) => ({ label: mark }) },
  'GET /teams': { subjects: agentsRead },
  'POST /teams': { subjects: adminsWrite, body: named },
  'PATCH /teams/:teamId': { subjects: adminsChangeTeams, body: named },
  'GET /agents': { subjects: agentsRead },
  'POST /agents': {
    subjects: adminsWrite,
    body: (mark) => ({ name: mark, email: `${mark}.${randomUUID()}@test.example`, password: 'only-for-tests', role: 'agent', teamIds: [] }),
  },
  'PATCH /agents/:agentId': { subjects: adminsChangeAgents, body: named },
  'PUT /agents/:agentId/password': { subjects: adminsChangeAgents, body: () => ({ newPassword: 'only-for-tests' }) },
  'PUT /me/status': { subjects: agentsRead, body: () => ({ status: 'online' }) },
  'PATCH /me': { subjects: agentsRead, body: () => ({ locale: 'pt', notifications: { sound: false }, list: { sort: 'activity', filters: { tray: 'mine' } } }) },
  'GET /channels': { subjects: agentsRead },
  'POST /channels': { subjects: adminsWrite, body: (mark) => ({ ...named(mark), kind: 'api' }) },
};

/** What is asked over a socket and is no operation; an event without its line fails the test. `auth.refresh` depends on whose token it is. */
export const eventRules: Readonly<Record<string, readonly Subject[]>> = {
  'typing.start': conversation(ok),
  'typing.stop': conversation(ok),
  'viewing.start': conversation(ok),
  // Nothing is told by the answer: whoever does not have it open has nothing to close.
  'viewing.stop': anyConversation,
  'presence.heartbeat': agentsRead,
};
