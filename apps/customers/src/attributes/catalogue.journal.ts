import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Journal } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { catalogueAggregate, type CatalogueEntry, type CatalogueState, type DefineAttributeCommand } from './catalogue.js';

@Injectable()
export class CatalogueJournal extends Journal<CatalogueState, CatalogueEntry, DefineAttributeCommand> {
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(catalogueAggregate, connection, clock, publisher);
  }
}
