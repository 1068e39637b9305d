import { Controller } from '@nestjs/common';
import { type Caller, type ChannelActor, TellVisitorTyping, tellVisitorTyping, type TypingTold } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { conversationIdOf, ConversationJournal } from '../conversation/conversation.journal.js';
import { ownIdentityKey } from '../public/own-identity.js';
import { TypingNotices } from './typing-notices.js';

@Controller()
export class VisitorTypingHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly notices: TypingNotices,
  ) {}

  @Handles(tellVisitorTyping)
  async handle(identity: TellVisitorTyping, { actor }: Caller<ChannelActor>): Promise<TypingTold> {
    const identityKey = ownIdentityKey(actor, identity);
    const ordinal = await this.journal.latestOrdinal(identityKey);
    if (ordinal === 0) return {};
    const id = conversationIdOf(identityKey, ordinal);
    const state = await this.journal.get(id);
    if (state.status === 'active') this.notices.toAgents(id, state, { kind: 'customer', ...state.customer }, false);
    return {};
  }
}
