import { Controller } from '@nestjs/common';
import { type ActiveConversation, type Caller, type ChannelActor, GetActiveConversation, getActiveConversation, type PublicConversation } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { conversationIdOf, ConversationJournal } from '../conversation/conversation.journal.js';
import { Policies } from '../policy/policies.js';
import { ownIdentityKey } from './own-identity.js';
import { PublicHistory } from './public-history.js';

@Controller()
export class GetActiveConversationHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly history: PublicHistory,
    private readonly policies: Policies,
  ) {}

  @Handles(getActiveConversation)
  async handle(identity: GetActiveConversation, { actor }: Caller<ChannelActor>): Promise<ActiveConversation> {
    const identityKey = ownIdentityKey(actor, identity);
    const [voice, conversation] = await Promise.all([this.policies.allowsVoice(actor.workspaceId), this.activeOf(identityKey)]);
    return { conversation, voice };
  }

  private async activeOf(identityKey: string): Promise<PublicConversation | null> {
    const ordinal = await this.journal.latestOrdinal(identityKey);
    if (ordinal === 0) return null;
    const id = conversationIdOf(identityKey, ordinal);
    const { status, openedAt, seq } = await this.journal.get(id);
    if (status !== 'active') return null;
    // The conversation's own seq counts what is internal: it would tell when somebody writes a note.
    const { entries, before } = await this.history.before(identityKey, { ordinal, seq: seq + 1 }, 1);
    const last = entries.at(-1)?.seq ?? (before?.seq ?? 1) - 1;
    return { id, status, openedAt: openedAt.toISOString(), seq: last };
  }
}
