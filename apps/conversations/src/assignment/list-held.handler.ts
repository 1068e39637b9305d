import { Controller } from '@nestjs/common';
import { type Caller, type HeldConversation, type HeldConversations, ListHeld, listHeld, maxHeld, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import type { ConversationState } from '../conversation/conversation.js';
import { ConversationJournal } from '../conversation/conversation.journal.js';

const heldOf = (conversationId: string, { seq, status, assigneeId }: Pick<ConversationState, 'seq' | 'status' | 'assigneeId'>): HeldConversation => ({
  conversationId,
  seq,
  agentId: status === 'active' ? assigneeId : null,
});

/** For routing, which counts by events: what they did not tell, or what was lost of them, it finds out here. */
@Controller()
export class ListHeldHandler {
  constructor(private readonly journal: ConversationJournal) {}

  @Handles(listHeld)
  async handle({ agentId, conversationIds = [] }: ListHeld, { actor }: Caller<SystemActor>): Promise<HeldConversations> {
    const workspaceId = workspaceOf(actor);
    const [own, named] = await Promise.all([this.journal.heldBy(workspaceId, agentId, maxHeld), this.journal.projections(conversationIds)]);
    const ofWorkspace = [...named].flatMap(([id, state]) => (state.workspaceId === workspaceId ? [heldOf(id, state)] : []));
    return { items: [...new Map([...ofWorkspace, ...own].map((held) => [held.conversationId, held])).values()] };
  }
}
