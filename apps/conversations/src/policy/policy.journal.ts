import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Journal, type Projection } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { policyAggregate, type PolicyCommand, type PolicyEntry, type PolicyState } from './policy.js';

@Injectable()
export class PolicyJournal extends Journal<PolicyState, PolicyEntry, PolicyCommand> {
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(policyAggregate, connection, clock, publisher);
  }

  /** Of all workspaces: one small record each. */
  async everywhere(): Promise<PolicyState[]> {
    return (await this.store.projections.find().toArray()) as Projection<PolicyState>[];
  }
}
