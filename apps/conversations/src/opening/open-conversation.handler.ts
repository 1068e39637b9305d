import { Controller } from '@nestjs/common';
import {
  type AgentActor,
  AppError,
  type Caller,
  type ConversationChanged,
  type CustomerView,
  entryActorOf,
  getChannel,
  isSupervisor,
  OpenConversation,
  openConversation,
  readCustomer,
} from '@relevo/contracts';
import { commandKeyOf, naturalKey } from '@relevo/journal';
import { Handles, MessageBus, systemCaller } from '@relevo/messaging';
import { ConversationJournal, conversationIdOf, identityKeyOf } from '../conversation/conversation.journal.js';
import type { ConversationState, Opening } from '../conversation/conversation.js';
import { ConversationViews } from '../conversation/conversation-views.js';
import { canSee, seenBy } from '../conversation/sight.js';
import { CustomerChanges } from '../customers/customer-changes.js';
import { maxSteps, Successions } from './successions.js';

type Beginning = Omit<Opening, 'number' | 'ordinal'>;

/** An agent writes first: the conversation is theirs from its beginning (product rule "Close": at most one active for each identity). */
@Controller()
export class OpenConversationHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly successions: Successions,
    private readonly customers: CustomerChanges,
    private readonly views: ConversationViews,
    private readonly bus: MessageBus,
  ) {}

  @Handles(openConversation)
  async handle(request: OpenConversation, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    const { actor } = caller;
    const opened = await this.open(request, actor, await this.beginning(request, caller));
    const { entry, state, repeated } = await this.journal.append({
      workspaceId: actor.workspaceId,
      aggregateId: opened,
      command: { type: 'send', agent: actor, text: request.text, attachments: [], seenSeq: null },
      ...naturalKey('outbound', opened),
    });
    void this.customers.settle(opened, state);
    // As of any other command: a key is no ticket, and the conversation may have gone out of the agent's sight since.
    if (repeated && state.seq !== entry?.seq) seenBy(actor, state);
    return this.views.changed(opened, state, entry);
  }

  /** The id of the conversation that this command opened, now or when it came first. */
  private async open(request: OpenConversation, agent: AgentActor, beginning: Beginning): Promise<string> {
    const key = commandKeyOf(agent, 'open', request);
    let ordinal = await this.successions.latest(beginning.identityKey);
    for (let step = 0; step < maxSteps; step += 1) {
      const { entry, state } = await this.successions.open(agent.workspaceId, entryActorOf(agent), { ...beginning, ordinal }, key);
      if (entry) return entry.aggregateId;
      const conversationId = conversationIdOf(beginning.identityKey, ordinal);
      if (state.status === 'active') throw alreadyActive(agent, conversationId, state);
      if (await this.successions.supersede(conversationId, agent.workspaceId)) ordinal += 1;
    }
    throw new AppError('UNAVAILABLE', 'The conversation could not be opened. Try again.');
  }

  private async beginning({ customerId, channelId }: OpenConversation, { actor, correlationId }: Caller<AgentActor>): Promise<Beginning> {
    const caller = { ...systemCaller('conversations', actor.workspaceId), correlationId };
    // One after the other: where neither is there, which is told must not be a matter of who answers first.
    const customer = await this.bus.request(readCustomer, { customerId }, caller);
    const channel = await this.bus.request(getChannel, { channelId }, caller);
    const externalId = externalIdOf(customer, channelId);
    const ofTheirs = channel.teamId !== undefined && (isSupervisor(actor) || actor.teamIds.includes(channel.teamId));
    return {
      channelId,
      externalId,
      identityKey: identityKeyOf(actor.workspaceId, channelId, externalId),
      direction: 'outbound',
      customer: { id: customer.id, name: customer.name },
      customerVersion: customer.version,
      startsIn: 'assigned',
      teamId: ofTheirs ? (channel.teamId ?? null) : null,
      assigneeId: actor.id,
    };
  }
}

function externalIdOf({ identities, blocked }: CustomerView, channelId: string): string {
  if (blocked) throw new AppError('RULE_VIOLATED', 'This customer is blocked.');
  const identity = identities.find((known) => known.channelId === channelId);
  if (!identity) throw new AppError('RULE_VIOLATED', 'The customer is not known on this channel.', { errors: [{ path: 'channelId', message: 'does not know the customer' }] });
  return identity.externalId;
}

/** Its id is named to those who may see it. */
const alreadyActive = (agent: AgentActor, conversationId: string, state: ConversationState): AppError =>
  new AppError('CONFLICT', 'The customer has an active conversation on this channel.', { details: canSee(agent, state) ? { conversationId } : undefined });
