import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection, type mongo } from 'mongoose';

interface CounterRecord {
  /** The workspace's id. */
  _id: string;
  last: number;
}

/** Numbers of conversations for people to refer to: unique within a workspace, counting up, not without gaps. */
@Injectable()
export class NumberSequence {
  private readonly counters: mongo.Collection<CounterRecord>;

  constructor(@InjectConnection() connection: Connection) {
    this.counters = connection.collection<CounterRecord>('number_sequences');
  }

  async next(workspaceId: string): Promise<number> {
    const counter = await this.counters.findOneAndUpdate({ _id: workspaceId }, { $inc: { last: 1 } }, { upsert: true, returnDocument: 'after' });
    if (!counter) throw new Error(`no number for workspace ${workspaceId}`);
    return counter.last;
  }
}
