import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Journal } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { workspaceAggregate, type WorkspaceCommand, type WorkspaceEntry, type WorkspaceState } from './workspace.js';

@Injectable()
export class WorkspaceJournal extends Journal<WorkspaceState, WorkspaceEntry, WorkspaceCommand> {
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(workspaceAggregate, connection, clock, publisher);
  }
}
