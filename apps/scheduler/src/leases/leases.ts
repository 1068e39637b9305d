import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Clock, duplicateKey, newId } from '@relevo/platform';
import { type Connection, type mongo } from 'mongoose';

interface LeaseRecord {
  /** What is leased. */
  _id: string;
  /** The replica that has it. */
  holder: string;
  /** By the database's clock; after that anybody may take it. */
  until: Date;
}

/** Who of the replicas does what only one should do at a time. */
@Injectable()
export class Leases {
  /** This replica, this time: one started anew is another holder. */
  private readonly holder = newId();
  private readonly records: mongo.Collection<LeaseRecord>;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly clock: Clock,
  ) {
    this.records = connection.collection<LeaseRecord>('leases');
  }

  /** Takes or renews the lease, in one conditional update. False while another replica has it. */
  async take(what: string, forMs: number): Promise<boolean> {
    const now = this.clock.now();
    try {
      await this.records.updateOne(
        { _id: what, $or: [{ holder: this.holder }, { until: { $lte: now } }] },
        { $set: { holder: this.holder, until: new Date(now.getTime() + forMs) } },
        { upsert: true },
      );
      return true;
    } catch (error) {
      // It is there, and neither ours nor over: the upsert met it.
      if (duplicateKey(error)) return false;
      throw error;
    }
  }

  /** Lets others have it at once. */
  async release(what: string): Promise<void> {
    await this.records.deleteOne({ _id: what, holder: this.holder });
  }
}
