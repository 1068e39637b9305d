import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { greatestFirst, SearchRecords } from '@relevo/journal';
import { type Connection } from 'mongoose';
import type { CustomerState } from '../customers/customer.js';
import { foundBy } from './found-by.js';

/** Which words lead to which customers, newest first. */
@Injectable()
export class CustomerWords extends SearchRecords implements OnModuleInit {
  constructor(@InjectConnection() connection: Connection) {
    super(connection, 'customer_words');
  }

  onModuleInit(): Promise<void> {
    return this.create();
  }

  keep(id: string, state: CustomerState): Promise<void> {
    return this.record(state.workspaceId, { order: greatestFirst(state.createdAt.getTime()), id }, foundBy(state));
  }
}
