import { Controller } from '@nestjs/common';
import { type VerificationReport, VerifyProjections, verifyProjections } from '@relevo/contracts';
import { verifyJournals } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { AgentJournal } from '../agents/agent.journal.js';
import { TeamJournal } from '../teams/team.journal.js';
import { WorkspaceJournal } from '../workspaces/workspace.journal.js';

@Controller()
export class VerifyProjectionsHandler {
  constructor(
    private readonly workspace: WorkspaceJournal,
    private readonly team: TeamJournal,
    private readonly agent: AgentJournal,
  ) {}

  @Handles(verifyProjections.routing)
  handle(request: VerifyProjections): Promise<VerificationReport> {
    return verifyJournals({ workspace: this.workspace, team: this.team, agent: this.agent }, request);
  }
}
