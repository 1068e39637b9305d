import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { AttributeDefinition } from '@relevo/contracts';
import { Journal } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { catalogueAggregate, type CatalogueCommand, type CatalogueEntry, catalogueIdOf, type CatalogueState } from './catalogue.js';

@Injectable()
export class CatalogueJournal extends Journal<CatalogueState, CatalogueEntry, CatalogueCommand> {
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(catalogueAggregate, connection, clock, publisher);
  }

  async definitions(workspaceId: string): Promise<readonly AttributeDefinition[]> {
    return (await this.load(catalogueIdOf(workspaceId)))?.definitions ?? [];
  }
}
