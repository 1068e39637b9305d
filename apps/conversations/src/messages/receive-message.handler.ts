import { Controller } from '@nestjs/common';
import { AppError, type Caller, type ChannelActor, type CustomerSummary, type EntryActor, type PublicEntry, ReceiveMessage, receiveMessage } from '@relevo/contracts';
import { type CommandKey, naturalKey, type Outcome } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import type { ConversationEntry, ConversationState } from '../conversation/conversation.js';
import { conversationIdOf, ConversationJournal, identityKeyOf } from '../conversation/conversation.journal.js';
import { publicEntryViewOf } from '../conversation/public-part.js';
import { CustomerChanges } from '../customers/customer-changes.js';
import { maxSteps, Successions } from '../opening/successions.js';
import { VoicePolicy } from './voice-policy.js';

/**
 * A customer's message goes into the active conversation of its identity, or opens the next one. A conversation found
 * closed is superseded first, which settles its end: from then on whoever comes goes on with the next.
 */
@Controller()
export class ReceiveMessageHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly successions: Successions,
    private readonly customers: CustomerChanges,
    private readonly voice: VoicePolicy,
  ) {}

  @Handles(receiveMessage)
  async handle(request: ReceiveMessage, { actor }: Caller<ChannelActor>): Promise<PublicEntry> {
    if (actor.id !== request.channelId) throw new AppError('FORBIDDEN', 'A channel speaks for its own customers only.');
    await this.assertMayBeSent(request, actor);
    const identityKey = identityKeyOf(actor.workspaceId, request.channelId, request.externalId);
    let ordinal = await this.successions.latest(identityKey);
    for (let step = 0; step < maxSteps; step += 1) {
      const conversationId = conversationIdOf(identityKey, ordinal);
      const outcome = await this.receiveIn(conversationId, request, actor);
      if (outcome === 'absent') await this.open(identityKey, ordinal, request, actor);
      else if (outcome === 'closed') {
        if (await this.successions.supersede(conversationId, actor.workspaceId)) ordinal += 1;
      } else if (outcome.entry) {
        this.successions.remember(identityKey, ordinal);
        this.followCustomer(conversationId, request.customer, outcome.entry, outcome.state);
        return publicEntryViewOf(outcome.entry);
      }
    }
    throw new AppError('UNAVAILABLE', 'The message found no conversation. Try again.');
  }

  /** Before a conversation is opened for it. What was let in once is not refused when it is repeated. */
  private async assertMayBeSent({ channelId, externalMessageId, attachments = [] }: ReceiveMessage, { workspaceId }: ChannelActor): Promise<void> {
    const refusal = await this.voice.refusal(attachments, { workspaceId, channelId });
    if (refusal && (await this.journal.entryByKey(keyOf(channelId, externalMessageId).commandKey)) === null) throw refusal;
  }

  /** Not waited for: the message is in, and its answer does not say who wrote it. */
  private followCustomer(conversationId: string, { id, name }: CustomerSummary, { seq }: ConversationEntry, state: ConversationState): void {
    const isFirst = seq === 2;
    if (isFirst || id !== state.customer.id || name !== state.customer.name) void this.customers.settle(conversationId, state);
  }

  private async receiveIn(
    aggregateId: string,
    { channelId, externalMessageId, customer, text = '', attachments = [] }: ReceiveMessage,
    { workspaceId }: ChannelActor,
  ): Promise<Outcome<ConversationState, ConversationEntry> | 'absent' | 'closed'> {
    try {
      return await this.journal.append({
        workspaceId,
        aggregateId,
        command: { type: 'receive', by: authorOf(customer), text, attachments },
        ...keyOf(channelId, externalMessageId),
      });
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return 'absent';
      if (error instanceof AppError && error.code === 'CONVERSATION_CLOSED') return 'closed';
      throw error;
    }
  }

  private open(identityKey: string, ordinal: number, request: ReceiveMessage, { workspaceId }: ChannelActor): Promise<unknown> {
    const { channelId, externalId, customer, startsIn, teamId } = request;
    const opening = { channelId, externalId, identityKey, ordinal, direction: 'inbound', customer: { id: customer.id, name: customer.name }, customerVersion: customer.version ?? 0, startsIn, teamId, assigneeId: null } as const;
    return this.successions.open(workspaceId, authorOf(customer), opening, naturalKey('opened', conversationIdOf(identityKey, ordinal)));
  }
}

const keyOf = (channelId: string, externalMessageId: string): CommandKey => naturalKey('inbound', channelId, externalMessageId);

const authorOf = ({ id, name }: CustomerSummary): EntryActor => ({ kind: 'customer', id, name });
