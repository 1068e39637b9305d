import { Controller } from '@nestjs/common';
import { AppError, type Caller, type ChannelActor, type EntryActor, ReceiveMessage, receiveMessage, type ReceivedMessage } from '@relevo/contracts';
import { KeyedQueue, naturalKey, type Outcome } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { LRUCache } from 'lru-cache';
import { NumberSequence } from '../conversation/number-sequence.js';
import type { ConversationEntry, ConversationState } from '../conversation/conversation.js';
import { conversationIdOf, ConversationJournal, identityKeyOf } from '../conversation/conversation.journal.js';
import { Policies } from '../policy/policies.js';

const system: EntryActor = { kind: 'system', id: 'conversations', name: 'Relevo' };

/** Conversations of one identity that a message may find closed one after the other; more is a fault of ours. */
const maxSteps = 20;

/**
 * A customer's message goes into the active conversation of its identity, or opens the next one. A conversation found
 * closed is superseded first, which settles its end: from then on whoever comes goes on with the next.
 */
@Controller()
export class ReceiveMessageHandler {
  private readonly opening = new KeyedQueue();
  /** Where each identity's latest conversation was; only a place to begin. */
  private readonly latest = new LRUCache<string, number>({ max: 20_000 });

  constructor(
    private readonly journal: ConversationJournal,
    private readonly policies: Policies,
    private readonly numbers: NumberSequence,
  ) {}

  @Handles(receiveMessage)
  async handle(request: ReceiveMessage, { actor }: Caller<ChannelActor>): Promise<ReceivedMessage> {
    if (actor.id !== request.channelId) throw new AppError('FORBIDDEN', 'A channel speaks for its own customers only.');
    const identityKey = identityKeyOf(actor.workspaceId, request.channelId, request.externalId);
    let ordinal = Math.max(this.latest.get(identityKey) ?? (await this.journal.latestOrdinal(identityKey)), 1);
    for (let step = 0; step < maxSteps; step += 1) {
      const conversationId = conversationIdOf(identityKey, ordinal);
      const outcome = await this.receiveIn(conversationId, request, actor);
      if (outcome === 'absent') await this.open(conversationId, identityKey, ordinal, request, actor);
      else if (outcome === 'closed') {
        await this.supersede(conversationId, actor);
        ordinal += 1;
      } else if (outcome.entry) {
        this.latest.set(identityKey, ordinal);
        return { conversationId: outcome.entry.aggregateId, seq: outcome.entry.seq };
      }
    }
    throw new AppError('UNAVAILABLE', 'The message found no conversation. Try again.');
  }

  private async receiveIn(
    aggregateId: string,
    { channelId, externalMessageId, customer, text }: ReceiveMessage,
    { workspaceId }: ChannelActor,
  ): Promise<Outcome<ConversationState, ConversationEntry> | 'absent' | 'closed'> {
    try {
      return await this.journal.append({
        workspaceId,
        aggregateId,
        command: { type: 'receive', by: { kind: 'customer', ...customer }, text, attachments: [] },
        ...naturalKey('inbound', channelId, externalMessageId),
      });
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return 'absent';
      if (error instanceof AppError && error.code === 'CONVERSATION_CLOSED') return 'closed';
      throw error;
    }
  }

  /** One at a time here, so that first messages arriving together take one number, not one each. */
  private open(aggregateId: string, identityKey: string, ordinal: number, request: ReceiveMessage, { workspaceId }: ChannelActor): Promise<void> {
    return this.opening.run(identityKey, async () => {
      if ((await this.journal.load(aggregateId)) !== null) return;
      await this.policies.ensure(workspaceId);
      const { channelId, externalId, customer, startsIn, teamId } = request;
      await this.journal.append({
        workspaceId,
        aggregateId,
        command: {
          type: 'open',
          by: { kind: 'customer', ...customer },
          channelId,
          externalId,
          identityKey,
          ordinal,
          number: await this.numbers.next(workspaceId),
          direction: 'inbound',
          customer: { id: customer.id, name: customer.name },
          startsIn,
          teamId,
        },
        ...naturalKey('opened', aggregateId),
      });
    });
  }

  private async supersede(aggregateId: string, { workspaceId }: ChannelActor): Promise<void> {
    await this.journal.append({ workspaceId, aggregateId, command: { type: 'supersede', by: system }, ...naturalKey('superseded', aggregateId) });
  }
}
