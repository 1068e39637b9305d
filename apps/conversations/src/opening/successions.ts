import { Inject, Injectable, Logger } from '@nestjs/common';
import { AppError, type EntryActor } from '@relevo/contracts';
import { type CommandKey, KeyedQueue, naturalKey, type Outcome } from '@relevo/journal';
import { REQUEST_TIMEOUT_MS } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { LRUCache } from 'lru-cache';
import type { ConversationEntry, ConversationState, Opening } from '../conversation/conversation.js';
import { conversationIdOf, ConversationJournal } from '../conversation/conversation.journal.js';
import { NumberSequence } from '../conversation/number-sequence.js';
import { Policies } from '../policy/policies.js';
import { TransferTargets } from '../transfer/transfer-targets.js';

const system: EntryActor = { kind: 'system', id: 'conversations', name: 'Relevo' };

/** The part of the time for an answer that a customer's first message waits to know whether its team is archived. */
const teamPart = 0.2;

/** Conversations of one identity that may be found closed one after the other; more is a fault of ours. */
export const maxSteps = 20;

/**
 * The conversations of an identity, one after the other: the next begins only where the one before is closed and
 * superseded, so at most one of them is active.
 */
@Injectable()
export class Successions {
  private readonly logger = new Logger(Successions.name);
  private readonly opening = new KeyedQueue();
  /** Where each identity's latest conversation was; only a place to begin. */
  private readonly known = new LRUCache<string, number>({ max: 20_000 });

  constructor(
    private readonly journal: ConversationJournal,
    private readonly policies: Policies,
    private readonly numbers: NumberSequence,
    private readonly targets: TransferTargets,
    @Inject(REQUEST_TIMEOUT_MS) private readonly requestTimeoutMs: number,
  ) {}

  /** The ordinal to begin at, from 1: that of the latest conversation as far as is known. */
  async latest(identityKey: string): Promise<number> {
    return Math.max(this.known.get(identityKey) ?? (await this.journal.latestOrdinal(identityKey)), 1);
  }

  remember(identityKey: string, ordinal: number): void {
    this.known.set(identityKey, ordinal);
  }

  /** One at a time here, so that first messages arriving together take one number, not one each. */
  open(workspaceId: string, by: EntryActor, opening: Omit<Opening, 'number'>, key: CommandKey): Promise<Outcome<ConversationState, ConversationEntry>> {
    const aggregateId = conversationIdOf(opening.identityKey, opening.ordinal);
    return this.opening.run(opening.identityKey, async () => {
      const existing = await this.journal.load(aggregateId);
      if (existing === null) await this.policies.ensure(workspaceId);
      const teamId = existing === null ? await this.queueFor(workspaceId, opening.teamId) : opening.teamId;
      const number = existing?.number ?? (await this.numbers.next(workspaceId));
      return this.journal.append({ workspaceId, aggregateId, command: { type: 'open', by, ...opening, teamId, number }, ...key });
    });
  }

  /** An archived team takes none: they enter the general queue. What routing does not tell in time is no reason to lose a message. */
  private async queueFor(workspaceId: string, teamId: string | null): Promise<string | null> {
    if (teamId === null) return null;
    try {
      const queue = await this.targets.queue(teamId, workspaceId, newId(), teamPart * this.requestTimeoutMs);
      return queue ? queue.teamId : teamId;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.logger.warn({ teamId, reason: error.message }, 'opened for a team that could not be asked for');
      return teamId;
    }
  }

  /**
   * Settles the end of a conversation that was found closed: from then on whoever comes goes on with the next. False when
   * its close was undone meanwhile: it is still the identity's active one.
   */
  async supersede(aggregateId: string, workspaceId: string): Promise<boolean> {
    const { state } = await this.journal.append({ workspaceId, aggregateId, command: { type: 'supersede', by: system }, ...naturalKey('superseded', aggregateId) });
    return state.superseded;
  }
}
