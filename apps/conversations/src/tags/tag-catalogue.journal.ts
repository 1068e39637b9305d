import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { conversationsEvents, type TagView } from '@relevo/contracts';
import { EventPublisher, outgoing } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { catalogueOf } from '../catalogue/catalogue.js';
import { CatalogueJournal } from '../catalogue/catalogue-journal.js';

const tags = catalogueOf<'tag', TagView>({
  noun: 'tag',
  name: 'name',
  max: 1_000,
  toEvent: ({ workspaceId, aggregateId, seq, type, data }) =>
    outgoing({ contract: conversationsEvents, workspaceId, aggregateId, seq, fact: type, payload: { noun: 'tag', workspaceId, tag: data } }),
});

@Injectable()
export class TagCatalogueJournal extends CatalogueJournal<'tag', TagView> {
  protected readonly kind = 'tag';

  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(tags, connection, clock, publisher);
  }
}
