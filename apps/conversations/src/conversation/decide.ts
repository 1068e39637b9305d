import { type AgentActor, AppError, type EntryActor, entryActorOf, notFound } from '@relevo/contracts';
import type { Decision } from '@relevo/journal';
import type { ConversationCommand, ConversationEntry, ConversationEntryData, ConversationEntryType, ConversationState } from './conversation.js';
import { deliveryMayFollow } from './delivery.js';
import { hasUnseen } from '../notes/mentions.js';
import { mayAct, seenBy } from './sight.js';
import { isNewTo } from '../transfer/handover.js';
import { receiverOf } from '../transfer/transfer.js';
import { undoneBy } from '../undo/undo.js';

/** More than this group nothing any more, and each is part of every view. */
const maxTags = 30;

type Decided = Decision<ConversationEntry> | null;

function decided<T extends ConversationEntryType>(type: T, actor: EntryActor, data: ConversationEntryData[T]): Decided {
  return { type, actor, data };
}

const messageOf = ({ text, attachments }: Extract<ConversationCommand, { type: 'send' | 'receive' }>): ConversationEntryData['message'] => ({
  text,
  attachments,
  ...(attachments.some(({ voice }) => voice) && { voice: true }),
});

/** Who tells a conversation of its customer. */
const customers: EntryActor = { kind: 'system', id: 'customers', name: 'Relevo' };

const closed = (): AppError => new AppError('CONVERSATION_CLOSED', 'This conversation is closed.');
const notAssignee = (): AppError => new AppError('NOT_ASSIGNEE', 'This conversation is not assigned to you.');

/** Every change of a conversation. Order of checks: sight, closed, assignee, other rules (the public contract's). */
export function decide(state: ConversationState | null, command: ConversationCommand, at: Date): Decided {
  switch (command.type) {
    case 'open': {
      const { type, by, ...opening } = command;
      return state === null ? decided('opened', by, opening) : null;
    }
    case 'receive': {
      const { status } = existing(state);
      if (status === 'closed') throw closed();
      return decided('message', command.by, messageOf(command));
    }
    case 'supersede': {
      const { status, superseded } = existing(state);
      return status === 'closed' && !superseded ? decided('superseded', command.by, {}) : null;
    }
    case 'hand-over':
      return handOver(existing(state), command);
    case 'close-inactive': {
      const { status, lastInteractionAt } = existing(state);
      const due = status === 'active' && at.getTime() - lastInteractionAt.getTime() >= command.toleranceMs;
      return due ? decided('closed', command.by, { reason: 'inactivity' }) : null;
    }
    case 'change-customer': {
      const { customer, customerVersion } = existing(state);
      const { from, version } = command;
      const isNews = customer.id === command.customer.id ? version > customerVersion && customer.name !== command.customer.name : true;
      return customer.id === from && isNews ? decided('customer-changed', customers, { customer: command.customer, version }) : null;
    }
    case 'record-delivery': {
      if (existing(state).channelId !== command.channelId) throw notFound('conversation');
      const { ofSeq, status } = command;
      const last = state?.deliveries.find(({ seq }) => seq === ofSeq)?.status ?? null;
      return deliveryMayFollow(last, status) ? decided('delivery', command.by, { ofSeq, status }) : null;
    }
    case 'claim':
    case 'release':
    case 'send':
    case 'note':
    case 'read':
    case 'mark-unread':
    case 'close':
    case 'transfer':
    case 'tag':
    case 'untag':
      return decideForAgent(seenBy(command.agent, state), command);
    case 'undo': {
      const { kind, ofSeq } = undoneBy(command.agent, state, at);
      return decided(kind === 'transfer' ? 'transfer-undone' : 'close-undone', entryActorOf(command.agent), { ofSeq });
    }
  }
}

function existing(state: ConversationState | null): ConversationState {
  if (state === null) throw notFound('conversation');
  return state;
}

function handOver(state: ConversationState, { bot, teamId, known }: Extract<ConversationCommand, { type: 'hand-over' }>): Decided {
  if (state.workspaceId !== bot.workspaceId) throw notFound('conversation');
  if (state.status === 'closed') throw closed();
  if (state.tray !== 'bot') return null;
  if (!known) throw notFound('team');
  return decided('handed-over', entryActorOf(bot), { teamId });
}

type SightedCommand = Exclude<Extract<ConversationCommand, { agent: AgentActor }>, { type: 'undo' }>;

function decideForAgent(state: ConversationState, command: SightedCommand): Decided {
  // Tags change on closed conversations too (product rule "Tags").
  if (command.type === 'tag' || command.type === 'untag') return decideTag(state, command);
  const { agent } = command;
  const actor = entryActorOf(agent);
  if (state.status === 'closed') {
    // What is only about waiting has nothing to do in a closed conversation, but notes are still to be seen; everything else is too late.
    if (command.type === 'read') return decideRead(state, command);
    if (command.type === 'mark-unread') return null;
    throw closed();
  }
  switch (command.type) {
    case 'claim':
      if (state.assigneeId === agent.id) return null;
      if (state.assigneeId !== null) {
        throw new AppError('ALREADY_ASSIGNED', 'Another agent has this conversation.', { details: { assigneeId: state.assigneeId } });
      }
      return decided('assigned', actor, { from: state.tray, agentId: agent.id });
    case 'release':
      if (!mayAct(agent, state)) throw notAssignee();
      return state.assigneeId === null ? null : decided('released', actor, { teamId: state.teamId });
    case 'send': {
      if (!mayAct(agent, state)) throw notAssignee();
      const overtakenBy = state.replies.find(({ agentId }) => agentId !== agent.id);
      if (command.seenSeq !== null && overtakenBy && overtakenBy.seq > command.seenSeq) {
        throw new AppError('REPLY_OVERTAKEN', 'Another agent has answered meanwhile.', { details: { seenSeq: command.seenSeq } });
      }
      if (command.refusal) throw command.refusal;
      return decided('message', actor, messageOf(command));
    }
    case 'note':
      if (command.blind.length > 0) throw new AppError('RULE_VIOLATED', 'Somebody mentioned may not see this conversation.', { errors: command.blind });
      return decided('note', actor, { text: command.text, mentions: command.mentions });
    case 'read':
      return decideRead(state, command);
    case 'mark-unread':
      return state.assigneeId !== agent.id || state.marked !== null ? null : decided('marked-unread', actor, {});
    case 'close':
      if (!mayAct(agent, state)) throw notAssignee();
      return decided('closed', actor, { reason: 'manual' });
    case 'transfer': {
      if (state.assigneeId !== null && !mayAct(agent, state)) throw notAssignee();
      const to = receiverOf(state, agent, command.target, command.force);
      const from = { teamId: state.teamId, assigneeId: state.assigneeId };
      return to && decided('transferred', actor, { from, to, ...(command.note !== null && { note: command.note }) });
    }
  }
}

/** By the assignee, what waits, and that it was transferred to them; by anyone, the notes that name them. The former is the entry `read`, which is of both. */
function decideRead(state: ConversationState, { agent, upToSeq, mentionsOnly }: Extract<ConversationCommand, { type: 'read' }>): Decided {
  const waits = state.status === 'active' && (state.unread.count > 0 || state.marked !== null || isNewTo(state, agent.id, upToSeq));
  const isRead = !mentionsOnly && waits && state.assigneeId === agent.id && state.lastCustomerSeq <= upToSeq;
  if (!isRead && !hasUnseen(state, agent.id, upToSeq)) return null;
  return decided(isRead ? 'read' : 'mentions-seen', entryActorOf(agent), { upToSeq });
}

function decideTag(state: ConversationState, command: Extract<ConversationCommand, { type: 'tag' | 'untag' }>): Decided {
  const { tagId, agent } = command;
  const has = state.tagIds.includes(tagId);
  if (command.type === 'untag') return has ? decided('untagged', entryActorOf(agent), { tagId }) : null;
  if (command.tag === null) throw notFound('tag');
  if (has) return null;
  if (command.tag.archived) throw new AppError('RULE_VIOLATED', 'An archived tag is put on nothing any more.');
  if (state.tagIds.length >= maxTags) throw new AppError('RULE_VIOLATED', `A conversation has at most ${maxTags} tags.`);
  return decided('tagged', entryActorOf(agent), { tagId });
}
