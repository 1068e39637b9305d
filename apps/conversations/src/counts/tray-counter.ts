import { Injectable } from '@nestjs/common';
import { assignedBound, countBound, type CountKey, type KeyCounts, ownBound, type OwnCounts, type OwnInQueue, type PlaceCounts } from '@relevo/contracts';
import { Paced } from '@relevo/platform';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { isUnread, type Source } from '../lists/sources.js';

/** Between two counts of one key in a replica. */
const pauseMs = 250;

/** Counts what is active, key by key: what it costs depends on how many keys are asked for, and not on who asks or how often. */
@Injectable()
export class TrayCounter {
  private readonly paced = new Paced<KeyCounts>(pauseMs);

  constructor(private readonly journal: ConversationJournal) {}

  /** Each as it is at some moment after this call: whoever was answered a command before finds its effect. */
  async count(workspaceId: string, keys: readonly CountKey[]): Promise<Map<CountKey, KeyCounts>> {
    const counted = keys.map(async (key) => [key, await this.paced.next(`${workspaceId} ${key}`, () => this.counted(workspaceId, key))] as const);
    return new Map(await Promise.all(counted));
  }

  private counted(workspaceId: string, key: CountKey): Promise<KeyCounts> {
    const [kind, id] = key.split(':');
    if (kind === 'agent' && id !== undefined) return this.ownOf(key, workspaceId, id);
    return this.placeOf(key, { workspaceId, status: 'active', ...(id !== undefined && { queue: id }) });
  }

  private async placeOf(key: CountKey, place: Source): Promise<PlaceCounts> {
    const [bot, unassigned, assigned] = await Promise.all([
      this.journal.countUpTo({ ...place, tray: 'bot' }, countBound),
      this.journal.countUpTo({ ...place, tray: 'unassigned' }, countBound),
      this.journal.countUpTo({ ...place, tray: 'assigned' }, assignedBound),
    ]);
    return { key, bot, unassigned, assigned };
  }

  private async ownOf(key: CountKey, workspaceId: string, agentId: string): Promise<OwnCounts> {
    const own = await this.journal.ownOf(workspaceId, agentId, ownBound);
    const queues = new Map<string, OwnInQueue>();
    for (const { queue } of own) queues.set(queue, { queue, count: (queues.get(queue)?.count ?? 0) + 1 });
    return { key, queues: [...queues.values()], unread: own.filter(isUnread).length };
  }
}
