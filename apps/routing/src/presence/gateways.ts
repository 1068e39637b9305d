import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Clock, duplicateKey } from '@relevo/platform';
import type { Connection, mongo } from 'mongoose';
import type { Renewals } from './presence.js';

interface GatewayRecord {
  _id: string;
  renewedAt: Date;
  /** It was silent for too long, or has ended; its connections are being taken off their agents. */
  givenUp?: true;
}

/** The gateways that live, one row each: a handful, however many are connected to them. */
@Injectable()
export class Gateways {
  private readonly records: mongo.Collection<GatewayRecord>;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly clock: Clock,
  ) {
    this.records = connection.collection<GatewayRecord>('gateways');
  }

  async begin(id: string): Promise<void> {
    try {
      await this.records.insertOne({ _id: id, renewedAt: this.clock.now() });
    } catch (error) {
      if (!duplicateKey(error)) throw error;
    }
  }

  /** False for one that was given up: half of its connections may be gone already. */
  async renew(id: string): Promise<boolean> {
    const { matchedCount } = await this.records.updateOne({ _id: id, givenUp: { $exists: false } }, { $max: { renewedAt: this.clock.now() } });
    return matchedCount === 1;
  }

  async giveUp(id: string): Promise<void> {
    await this.records.updateOne({ _id: id }, { $set: { givenUp: true } });
  }

  /** Gives up all that were silent since before. */
  async giveUpSilent(since: Date): Promise<void> {
    await this.records.updateMany({ renewedAt: { $lte: since }, givenUp: { $exists: false } }, { $set: { givenUp: true } });
  }

  /** Those that nobody has cleared away yet. */
  async givenUp(): Promise<string[]> {
    const found = await this.records.find({ givenUp: true }).toArray();
    return found.map(({ _id }) => _id);
  }

  async clear(id: string): Promise<void> {
    await this.records.deleteOne({ _id: id, givenUp: true });
  }

  async renewals(): Promise<Renewals> {
    const found = await this.records.find({ givenUp: { $exists: false } }).toArray();
    return new Map(found.map(({ _id, renewedAt }) => [_id, renewedAt]));
  }
}
