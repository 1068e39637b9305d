import { Controller, Inject } from '@nestjs/common';
import { AppError, type Caller, type ChannelActor, readCustomer, TellVisitorTyping, tellVisitorTyping, type TypingTold } from '@relevo/contracts';
import { Handles, MessageBus, REQUEST_TIMEOUT_MS, systemCaller } from '@relevo/messaging';
import type { ConversationState } from '../conversation/conversation.js';
import { conversationIdOf, ConversationJournal } from '../conversation/conversation.journal.js';
import { ownIdentityKey } from '../public/own-identity.js';
import { TypingNotices } from './typing-notices.js';

/** The part of the time for an answer after which it would be old news. */
const askPart = 0.2;

@Controller()
export class VisitorTypingHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly notices: TypingNotices,
    private readonly bus: MessageBus,
    @Inject(REQUEST_TIMEOUT_MS) private readonly requestTimeoutMs: number,
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
      const { blocked } = await this.bus.request(readCustomer, { customerId: customer.id }, { ...systemCaller('conversations', workspaceId), correlationId }, askPart * this.requestTimeoutMs);
      return blocked;
    } catch (error) {
      if (error instanceof AppError) return true;
      throw error;
    }
  }
}
