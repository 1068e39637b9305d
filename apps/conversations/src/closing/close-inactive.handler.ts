import { Controller, Logger } from '@nestjs/common';
import { CloseInactive, closeInactive, type CloseInactiveReport, type EntryActor } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { Clock, isDatabaseUnavailable } from '@relevo/platform';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { Policies } from '../policy/policies.js';

const system: EntryActor = { kind: 'system', id: 'scheduler', name: 'Relevo' };

const defaultBatch = 100;

/**
 * Closes what has been idle for longer than its workspace tolerates, one bounded batch. Finding is only a proposal: the
 * decision is made again inside the append, so an interaction at the same moment wins.
 */
@Controller()
export class CloseInactiveHandler {
  private readonly logger = new Logger(CloseInactiveHandler.name);

  constructor(
    private readonly journal: ConversationJournal,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Handles(closeInactive)
  async handle({ limit = defaultBatch }: CloseInactive): Promise<CloseInactiveReport> {
    let [left, closed] = [limit, 0];
    for (const workspaceId of await this.policies.workspaces()) {
      const toleranceMs = this.policies.toleranceMs(workspaceId);
      const due = await this.journal.idleSince(workspaceId, new Date(this.clock.now().getTime() - toleranceMs), left);
      for (const { id, seq } of due) if (await this.close(workspaceId, id, seq, toleranceMs)) closed += 1;
      left -= due.length;
      if (left <= 0) return { closed, more: true };
    }
    return { closed, more: false };
  }

  private async close(workspaceId: string, aggregateId: string, seq: number, toleranceMs: number): Promise<boolean> {
    try {
      const { entry, repeated } = await this.journal.append({
        workspaceId,
        aggregateId,
        command: { type: 'close-inactive', by: system, toleranceMs },
        ...naturalKey('inactive', aggregateId, String(seq)),
      });
      return entry !== null && !repeated;
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      // One that cannot be closed must not keep the others open.
      this.logger.error({ conversationId: aggregateId, err: error }, 'not closed by inactivity; it is tried again');
      return false;
    }
  }
}
