import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Journal } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { type CreateTagCommand, tagCatalogue, type TagCatalogueEntry, type TagCatalogueState } from './tag-catalogue.js';

@Injectable()
export class TagCatalogueJournal extends Journal<TagCatalogueState, TagCatalogueEntry, CreateTagCommand> {
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(tagCatalogue, connection, clock, publisher);
  }
}
