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
      { key: { nextAt: 1, _id: 1 }, name: 'due' },
      { key: { conversationId: 1, status: 1, seq: 1 }, name: 'order' },
      { key: { settledAt: 1 }, name: 'kept', expireAfterSeconds: keptSeconds },
    ]);
  }

  /** Due at once; nothing when it is there already. */
  async add(delivery: Pick<Delivery, 'workspaceId' | 'channelId' | 'conversationId' | 'seq'> & { body: string }): Promise<void> {
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

  /** Takes the delivery that has been due for longest: nobody else does until its `nextAt`. Null when none is due. */
  async lease(): Promise<Delivery | null> {
    for (;;) {
      const now = this.clock.now();
      const leased = await this.records.findOneAndUpdate(
        { nextAt: { $lte: now } },
        { $set: { nextAt: new Date(now.getTime() + this.leaseMs) } },
        { sort: { nextAt: 1, _id: 1 }, returnDocument: 'after' },
      );
      if (leased === null || !(await this.mustWait(leased, now))) return leased;
      await this.progress(leased, { ...leased, nextAt: new Date(now.getTime() + holdAgainMs) });
    }
  }

  /** Keeps what came of it; null when the lease was over and somebody else has it now. */
  async progress(leased: Delivery, change: Progress): Promise<Delivery | null> {
    const { status, attempts, lastError, nextAt, body = leased.body, settledAt = leased.settledAt } = change;
    const changed = { status, attempts, lastError, nextAt, body, settledAt };
    const { matchedCount } = await this.records.updateOne({ _id: leased._id, nextAt: leased.nextAt }, { $set: changed });
    return matchedCount > 0 ? { ...leased, ...changed } : null;
  }

  private async mustWait({ conversationId, seq, status }: Delivery, now: Date): Promise<boolean> {
    if (status !== 'pending') return false;
    const young = new Date(now.getTime() - holdMs);
    const ahead = await this.records.findOne({ conversationId, status: 'pending', seq: { $lt: seq }, createdAt: { $gt: young } }, { projection: { _id: 1 } });
    return ahead !== null;
  }
}
