import { Controller } from '@nestjs/common';
import { type Caller, type ChannelActor, defaultPageSize, GetPublicHistory, getPublicHistory, type PublicHistoryPage } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { ownIdentityKey } from './own-identity.js';
import { endOf, fromCursor, toCursor } from './place.js';
import { PublicHistory } from './public-history.js';

@Controller()
export class GetPublicHistoryHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly history: PublicHistory,
  ) {}

  @Handles(getPublicHistory)
  async handle({ before: cursor, limit = defaultPageSize, ...identity }: GetPublicHistory, { actor }: Caller<ChannelActor>): Promise<PublicHistoryPage> {
    const identityKey = ownIdentityKey(actor, identity);
    const latest = await this.journal.latestOrdinal(identityKey);
    const place = cursor === undefined ? endOf(latest) : fromCursor(cursor);
    if (place.ordinal > latest) return { items: [], nextCursor: null };
    const { entries, before } = await this.history.before(identityKey, place, limit);
    return { items: entries, nextCursor: before && toCursor(before) };
  }
}
