import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationPage, defaultPageSize, ListConversations, listConversations } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { ConversationViews } from '../conversation/conversation-views.js';
import { fromCursor, sourcesOf, toCursor } from './waiting-list.js';

@Controller()
export class ListConversationsHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly views: ConversationViews,
  ) {}

  @Handles(listConversations)
  async handle(
    { tray = 'all', status = 'active', teamId, limit = defaultPageSize, cursor }: ListConversations,
    { actor }: Caller<AgentActor>,
  ): Promise<ConversationPage> {
    const position = cursor === undefined ? null : fromCursor(cursor);
    const sources = sourcesOf(actor, { tray, status, teamId });
    const found = await Promise.all(sources.map((source) => this.journal.inWaitingOrder(source, position, limit + 1)));
    const merged = found.flat().sort((a, b) => a.waitingOrder - b.waitingOrder || (a._id < b._id ? -1 : 1));
    const page = merged.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ _id, ...state }) => this.views.conversation(_id, state)),
      nextCursor: merged.length > limit && last ? toCursor({ order: last.waitingOrder, id: last._id }) : null,
    };
  }
}
