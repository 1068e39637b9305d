import { Injectable } from '@nestjs/common';
import { assignedBound, countBound, type CountKey, type KeyCounts, ownBound, type OwnCounts, type OwnInQueue, type PlaceCounts } from '@relevo/contracts';
import { Paced } from '@relevo/platform';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { isUnread, type Source } from '../lists/sources.js';

/** Between two counts of one key in a replica. */
const pauseMs = 250;

/** Counts what is active, and what waits for those whom notes name, key by key: what it costs depends on how many keys are asked for, and not on who asks or how often. */
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
    const [own, mentioning] = await Promise.all([this.journal.ownOf(workspaceId, agentId, ownBound), this.journal.mentioning(workspaceId, agentId, ownBound)]);
    const others = mentioning.filter(({ assigneeId }) => assigneeId !== agentId);
    const mentions = { own: mentioning.length - others.length, queues: byQueue(others) };
    return { key, queues: byQueue(own), unread: own.filter(isUnread).length, ...(mentioning.length > 0 && { mentions }) };
  }
}

function byQueue(conversations: readonly { queue: string }[]): OwnInQueue[] {
  const queues = new Map<string, OwnInQueue>();
  for (const { queue } of conversations) queues.set(queue, { queue, count: (queues.get(queue)?.count ?? 0) + 1 });
  return [...queues.values()];
}
