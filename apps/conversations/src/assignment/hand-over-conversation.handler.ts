import { Controller } from '@nestjs/common';
import { type BotActor, type Caller, HandedOver, HandOverConversation, handOverConversation } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { TransferTargets } from '../transfer/transfer-targets.js';

/** A bot is done: the conversation enters a team's queue, or the general one. */
@Controller()
export class HandOverConversationHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly targets: TransferTargets,
  ) {}

  @Handles(handOverConversation)
  async handle(request: HandOverConversation, { actor, correlationId }: Caller<BotActor>): Promise<HandedOver> {
    const { conversationId, teamId } = request;
    const queue = teamId === null ? { teamId } : await this.targets.queue(teamId, actor.workspaceId, correlationId);
    const { entry } = await this.journal.append({
      workspaceId: actor.workspaceId,
      aggregateId: conversationId,
      command: { type: 'hand-over', bot: actor, teamId: queue?.teamId ?? null, known: queue !== null },
      ...commandKeyOf(actor, 'hand-over', request),
    });
    return { conversationId, outcome: entry ? 'handed-over' : 'nothing-to-do' };
  }
}
