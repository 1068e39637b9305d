import { Injectable } from '@nestjs/common';
import { AppError, checkTeamUse, type EntryActor } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { TeamJournal } from './team.journal.js';

const system: EntryActor = { kind: 'system', id: 'routing', name: 'Relevo' };

const inUse = (): AppError =>
  new AppError('RULE_VIOLATED', 'A team with active conversations cannot be archived.', { errors: [{ path: 'archived', message: 'is not for a team with active conversations' }] });

/**
 * A team with active conversations cannot be archived (product rule "Transfer"). Whose conversations are is another
 * service's, so they are asked before and after: one that came in between takes the archive back. What comes in later,
 * by somebody who read the team before, tells of itself (`KeepTeamHandler`).
 */
@Injectable()
export class Archiving {
  constructor(
    private readonly teams: TeamJournal,
    private readonly bus: MessageBus,
  ) {}

  /** A command that was done before is not held against what came since. */
  async requireUnused(workspaceId: string, teamId: string, commandKey: string): Promise<void> {
    if ((await this.isInUse(workspaceId, teamId)) && (await this.teams.entryByKey(commandKey)) === null) throw inUse();
  }

  /** After the entry that archived it, also on its repeat: whoever asked may have died, or been told nothing, in between. */
  async confirm(workspaceId: string, teamId: string, seq: number): Promise<void> {
    const team = await this.teams.get(teamId);
    if (team.archived && (await this.isInUse(workspaceId, teamId))) await this.takeBack(workspaceId, teamId, seq);
    if (await this.teams.entryByKey(takenBack(teamId, seq).commandKey)) throw inUse();
  }

  /** If it is archived although conversations of it are active, it is so no more. */
  async keep(workspaceId: string, teamId: string): Promise<void> {
    const team = await this.teams.load(teamId);
    if (team?.archived && team.workspaceId === workspaceId && (await this.isInUse(workspaceId, teamId))) await this.takeBack(workspaceId, teamId, team.seq);
  }

  private async takeBack(workspaceId: string, teamId: string, seq: number): Promise<void> {
    await this.teams.append({ workspaceId, aggregateId: teamId, command: { type: 'change', by: system, change: { archived: false } }, ...takenBack(teamId, seq) });
  }

  private async isInUse(workspaceId: string, teamId: string): Promise<boolean> {
    return (await this.bus.request(checkTeamUse, { teamId }, systemCaller('routing', workspaceId))).active;
  }
}

const takenBack = (teamId: string, seq: number) => naturalKey('archive-taken-back', teamId, String(seq));
