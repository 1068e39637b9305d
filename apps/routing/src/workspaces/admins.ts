import { Injectable } from '@nestjs/common';
import { AppError, type EntryActor } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { AgentJournal } from '../agents/agent.journal.js';
import type { AdminCommand } from './workspace.js';
import { WorkspaceJournal } from './workspace.journal.js';

/** Counting is routing's own doing, whoever made it necessary. */
const by: EntryActor = { kind: 'system', id: 'routing', name: 'routing' };

/** The count of a workspace's active admins, kept in the workspace's own history so that its last one is decided in one place. */
@Injectable()
export class Admins {
  constructor(
    private readonly workspaces: WorkspaceJournal,
    private readonly agents: AgentJournal,
  ) {}

  /** The agent is an active admin as of this seq of theirs. */
  async join(workspaceId: string, agentId: string, agentSeq: number): Promise<void> {
    await this.append(workspaceId, { type: 'admin-join', by, agentId, agentSeq });
  }

  /** The agent ceases to be one with this seq of theirs, which is still to be written. `RULE_VIOLATED` for the last. */
  async leave(workspaceId: string, agentId: string, agentSeq: number): Promise<void> {
    const command = { type: 'admin-leave', by, agentId, agentSeq } as const;
    try {
      await this.append(workspaceId, command);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'RULE_VIOLATED') throw error;
      // Somebody may have been left uncounted by a crash, or by a version that did not count.
      for (const admin of await this.agents.activeAdminsOf(workspaceId)) await this.join(workspaceId, admin.agentId, admin.seq);
      await this.append(workspaceId, command);
    }
  }

  private async append(workspaceId: string, command: AdminCommand): Promise<void> {
    const key = naturalKey(command.type, command.agentId, String(command.agentSeq));
    await this.workspaces.append({ workspaceId, aggregateId: workspaceId, command, ...key });
  }
}
