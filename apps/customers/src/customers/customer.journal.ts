import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Journal } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { customerAggregate, type CustomerCommand, type CustomerEntry, type CustomerState } from './customer.js';

@Injectable()
export class CustomerJournal extends Journal<CustomerState, CustomerEntry, CustomerCommand> {
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(customerAggregate, connection, clock, publisher);
  }
}
