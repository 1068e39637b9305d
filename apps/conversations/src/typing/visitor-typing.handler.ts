import { Controller } from '@nestjs/common';
import { AppError, type Caller, type ChannelActor, readCustomer, TellVisitorTyping, tellVisitorTyping, type TypingTold } from '@relevo/contracts';
import { Handles, MessageBus, systemCaller } from '@relevo/messaging';
import type { ConversationState } from '../conversation/conversation.js';
import { conversationIdOf, ConversationJournal } from '../conversation/conversation.journal.js';
import { ownIdentityKey } from '../public/own-identity.js';
import { TypingNotices } from './typing-notices.js';

/** Later than that it would be old news. */
const askTimeoutMs = 1_000;

@Controller()
export class VisitorTypingHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly notices: TypingNotices,
    private readonly bus: MessageBus,
  ) {}

  @Handles(tellVisitorTyping)
  async handle(identity: TellVisitorTyping, { actor, correlationId }: Caller<ChannelActor>): Promise<TypingTold> {
    const identityKey = ownIdentityKey(actor, identity);
    const ordinal = await this.journal.latestOrdinal(identityKey);
    if (ordinal === 0) return {};
    const id = conversationIdOf(identityKey, ordinal);
    const state = await this.journal.get(id);
    if (state.status === 'active' && !(await this.isBlocked(state, correlationId))) this.notices.toAgents(id, state, { kind: 'customer', ...state.customer }, false);
    return {};
  }

  /** Blocked customers reach nobody. Who they are is customers' to say; while that cannot be asked nobody is told, which nobody misses. */
  private async isBlocked({ workspaceId, customer }: ConversationState, correlationId: string): Promise<boolean> {
    try {
      const { blocked } = await this.bus.request(readCustomer, { customerId: customer.id }, { ...systemCaller('conversations', workspaceId), correlationId }, askTimeoutMs);
      return blocked;
    } catch (error) {
      if (error instanceof AppError) return true;
      throw error;
    }
  }
}
