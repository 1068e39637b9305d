import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Clock, duplicateKey } from '@relevo/platform';
import { type Connection, type mongo } from 'mongoose';
import { ChannelsConfig } from '../config.js';
import type { Delivery, Progress } from './delivery.js';

/** A lease outlives the longest post by this much; then another replica goes on. */
const leaseMarginMs = 20_000;

/** Messages of one conversation leave in order, as long as the one ahead is not stuck for longer than this. */
const holdMs = 60_000;
const holdAgainMs = 250;

/**
 * How long a delivery waits for the one ahead to be put on the list by another replica. NATS takes 10 s to hand on the
 * event of a replica that was killed; not for ever, since a delivery of long ago is no longer kept.
 */
const missingMs = 15_000;

/** Deliveries that are over are kept longer than a stream or a dead letter lasts, so that a replay posts nothing twice. */
const keptSeconds = 60 * 24 * 60 * 60;

@Injectable()
export class Deliveries implements OnModuleInit {
  private readonly records: mongo.Collection<Delivery>;
  private readonly leaseMs: number;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly clock: Clock,
    config: ChannelsConfig,
  ) {
    this.records = connection.collection<Delivery>('deliveries');
    this.leaseMs = config.CALLBACK_TIMEOUT_MS + leaseMarginMs;
  }

  async onModuleInit(): Promise<void> {
    await this.records.createIndexes([
      // The channel is part of the key, so that those of busy channels are passed over without being read.
      { key: { nextAt: 1, _id: 1, channelId: 1 }, name: 'dueByChannel' },
      { key: { conversationId: 1, status: 1, seq: 1 }, name: 'order' },
      // Most receivers give messages no name of their own: those are found by their id.
      { key: { channelId: 1, externalMessageId: 1 }, name: 'byExternalId', partialFilterExpression: { externalMessageId: { $exists: true } } },
      { key: { settledAt: 1 }, name: 'kept', expireAfterSeconds: keptSeconds },
    ]);
  }

  /** Due at once; nothing when it is there already. */
  async add(delivery: Pick<Delivery, 'workspaceId' | 'channelId' | 'conversationId' | 'seq' | 'previousReplySeq'> & { body: string }): Promise<void> {
    const now = this.clock.now();
    const { conversationId, seq } = delivery;
    try {
      await this.records.insertOne({
        ...delivery,
        _id: `${conversationId}:${seq}`,
        status: 'pending',
        attempts: 0,
        lastError: null,
        createdAt: now,
        nextAt: now,
        settledAt: null,
      });
    } catch (error) {
      if (!duplicateKey(error)) throw error;
    }
  }

  /** A message that the channel posted, by what its receiver calls it or by its own id. */
  named(channelId: string, externalMessageId: string): Promise<Delivery | null> {
    return this.records.findOne({ channelId, externalMessageId }).then((found) => found ?? this.records.findOne({ _id: externalMessageId, channelId }));
  }

  /** Takes the delivery that has been due for longest, of any channel but the busy: nobody else does until its `nextAt`. Null when none is due. */
  async lease(busy: readonly string[]): Promise<Delivery | null> {
    for (;;) {
      const now = this.clock.now();
      const leased = await this.records.findOneAndUpdate(
        { nextAt: { $lte: now }, channelId: { $nin: busy } },
        { $set: { nextAt: new Date(now.getTime() + this.leaseMs) } },
        { sort: { nextAt: 1, _id: 1 }, returnDocument: 'after' },
      );
      if (leased === null || !(await this.mustWait(leased, now))) return leased;
      await this.progress(leased, { ...leased, nextAt: new Date(now.getTime() + holdAgainMs) });
    }
  }

  /** Keeps what came of it; null when the lease was over and somebody else has it now. */
  async progress(leased: Delivery, change: Progress): Promise<Delivery | null> {
    const { status, attempts, lastError, nextAt, body = leased.body, settledAt = leased.settledAt, externalMessageId } = change;
    const changed = { status, attempts, lastError, nextAt, body, settledAt, ...(externalMessageId !== undefined && { externalMessageId }) };
    const { matchedCount } = await this.records.updateOne({ _id: leased._id, nextAt: leased.nextAt }, { $set: changed });
    return matchedCount > 0 ? { ...leased, ...changed } : null;
  }

  private async mustWait({ conversationId, seq, previousReplySeq, status, createdAt }: Delivery, now: Date): Promise<boolean> {
    if (status !== 'pending') return false;
    // In this order: added between the two questions, the one ahead is met by the second.
    if (previousReplySeq !== null && now.getTime() - createdAt.getTime() < missingMs && !(await this.has(`${conversationId}:${previousReplySeq}`))) return true;
    const young = new Date(now.getTime() - holdMs);
    const ahead = await this.records.findOne({ conversationId, status: 'pending', seq: { $lt: seq }, createdAt: { $gt: young } }, { projection: { _id: 1 } });
    return ahead !== null;
  }

  private async has(id: string): Promise<boolean> {
    return (await this.records.findOne({ _id: id }, { projection: { _id: 1 } })) !== null;
  }
}
