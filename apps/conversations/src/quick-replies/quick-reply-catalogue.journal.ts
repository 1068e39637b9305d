import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { conversationsEvents, type QuickReplyView } from '@relevo/contracts';
import { EventPublisher, outgoing } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { catalogueOf } from '../catalogue/catalogue.js';
import { CatalogueJournal } from '../catalogue/catalogue-journal.js';

const quickReplies = catalogueOf<'quick-reply', QuickReplyView>({
  noun: 'quick-reply',
  name: 'shortcut',
  // All are stored together: this keeps them well under what one document may hold.
  max: 300,
  toEvent: ({ workspaceId, aggregateId, seq, type, data }) =>
    outgoing({ contract: conversationsEvents, workspaceId, aggregateId, seq, fact: type, payload: { noun: 'quick-reply', workspaceId, quickReply: data } }),
});

@Injectable()
export class QuickReplyCatalogueJournal extends CatalogueJournal<'quick-reply', QuickReplyView> {
  protected readonly kind = 'quick-reply';

  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(quickReplies, connection, clock, publisher);
  }
}
