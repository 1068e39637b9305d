import { Controller } from '@nestjs/common';
import { type ConversationEvent, conversationsEvents } from '@relevo/contracts';
import { HandlesEvent } from '@relevo/messaging';
import { Presences } from '../presence/presences.js';
import { StatusNews } from '../presence/status-news.js';
import { Loads } from './loads.js';

/** Entries that may make a conversation somebody's, or nobody's. */
const facts = ['opened', 'assigned', 'released', 'transferred', 'transfer-undone', 'handed-over', 'closed', 'close-undone'] as const;

/** Whoever it was and whoever it is are told of anew, also on a repeat: it may have died in between. */
@Controller()
export class CountConversationHandler {
  constructor(
    private readonly loads: Loads,
    private readonly presences: Presences,
    private readonly news: StatusNews,
  ) {}

  @HandlesEvent(conversationsEvents, facts)
  async handle({ workspaceId, entry, conversation, before, after }: ConversationEvent): Promise<void> {
    const agentId = conversation.status === 'active' ? after.assigneeId : null;
    if (agentId === null && (before?.assigneeId ?? null) === null) return;
    await this.loads.note(entry.conversationId, { workspaceId, seq: entry.seq, agentId });
    for (const touched of new Set([before?.assigneeId, after.assigneeId])) {
      if (!touched) continue;
      await this.presences.touch(touched, workspaceId);
      await this.news.of(touched);
    }
  }
}
