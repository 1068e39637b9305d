import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Clock, duplicateKey } from '@relevo/platform';
import type { Connection, mongo } from 'mongoose';

interface LoadRecord {
  /** The conversation's id. */
  _id: string;
  workspaceId: string;
  /** Of the last entry that was heard of. */
  seq: number;
  /** Whose it is while it is active; null when nobody's. */
  agentId: string | null;
  /** When it may be forgotten that it is nobody's. */
  forgetAt?: Date;
}

/** Events live for seven days in their stream; one that comes later than that comes from nowhere. */
const forgetAfterMs = 8 * 24 * 60 * 60 * 1_000;

/** More than this nobody has at once, and nobody counts. */
const maxCounted = 1_000;

/**
 * Whose each active conversation is, as far as routing has heard. One record for each with the seq it was heard at: events
 * of one conversation may reach two replicas in any order and more than once, and the latest is what holds.
 */
@Injectable()
export class Loads implements OnModuleInit {
  private readonly records: mongo.Collection<LoadRecord>;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly clock: Clock,
  ) {
    this.records = connection.collection<LoadRecord>('load');
  }

  async onModuleInit(): Promise<void> {
    await this.records.createIndex({ workspaceId: 1, agentId: 1 });
    await this.records.createIndex({ forgetAt: 1 }, { expireAfterSeconds: 0 });
  }

  /** Whose it is as of this seq; anything older says nothing any more. */
  async note(conversationId: string, { workspaceId, seq, agentId }: Pick<LoadRecord, 'workspaceId' | 'seq' | 'agentId'>): Promise<void> {
    const forget = agentId === null ? { $set: { workspaceId, seq, agentId, forgetAt: new Date(this.clock.now().getTime() + forgetAfterMs) } } : { $set: { workspaceId, seq, agentId }, $unset: { forgetAt: '' as const } };
    try {
      await this.records.updateOne({ _id: conversationId, seq: { $lt: seq } }, forget, { upsert: true });
    } catch (error) {
      // It is there with a later seq.
      if (!duplicateKey(error)) throw error;
    }
  }

  /** What is counted for an agent, and as of which entry; up to a bound. */
  async heldBy(workspaceId: string, agentId: string, bound: number): Promise<{ conversationId: string; seq: number }[]> {
    const found = await this.records.find({ workspaceId, agentId }, { projection: { seq: 1 } }).limit(bound).toArray();
    return found.map(({ _id, seq }) => ({ conversationId: _id, seq }));
  }

  /** Of a conversation that is not there; unless something was heard of it since. */
  async forget(conversationId: string, seq: number): Promise<void> {
    await this.records.deleteOne({ _id: conversationId, seq });
  }

  of(workspaceId: string, agentId: string): Promise<number> {
    return this.records.countDocuments({ workspaceId, agentId }, { limit: maxCounted });
  }

  async ofAll(workspaceId: string, agentIds: readonly string[]): Promise<Map<string, number>> {
    const counted = await this.records
      .aggregate<{ _id: string; count: number }>([{ $match: { workspaceId, agentId: { $in: [...agentIds] } } }, { $group: { _id: '$agentId', count: { $sum: 1 } } }])
      .toArray();
    return new Map(counted.map(({ _id, count }) => [_id, Math.min(count, maxCounted)]));
  }
}
