import { Controller } from '@nestjs/common';
import { type ConversationEvent, conversationsEvents } from '@relevo/contracts';
import { HandlesEvent } from '@relevo/messaging';
import { Archiving } from './archiving.js';

/** Entries by which a team comes to have an active conversation. */
const facts = ['opened', 'transferred', 'transfer-undone', 'handed-over', 'close-undone'] as const;

/** Whoever read a team before it was archived may bring it a conversation after: then it is not archived after all. */
@Controller()
export class KeepTeamHandler {
  constructor(private readonly archiving: Archiving) {}

  @HandlesEvent(conversationsEvents, facts)
  async handle({ workspaceId, after }: ConversationEvent): Promise<void> {
    if (after.teamId !== null) await this.archiving.keep(workspaceId, after.teamId);
  }
}
