import { Controller } from '@nestjs/common';
import { type Caller, CheckTeamUse, checkTeamUse, type SystemActor, type TeamUse, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ConversationJournal } from '../conversation/conversation.journal.js';

@Controller()
export class CheckTeamUseHandler {
  constructor(private readonly journal: ConversationJournal) {}

  @Handles(checkTeamUse)
  async handle({ teamId }: CheckTeamUse, { actor }: Caller<SystemActor>): Promise<TeamUse> {
    return { active: await this.journal.isTeamInUse(workspaceOf(actor), teamId) };
  }
}
