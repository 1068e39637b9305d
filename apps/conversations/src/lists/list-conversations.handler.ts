import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationPage, defaultPageSize, ListConversations, listConversations } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ConversationViews } from '../conversation/conversation-views.js';
import { ConversationLists } from './conversation-lists.js';
import { fromCursor, toCursor } from './position.js';

@Controller()
export class ListConversationsHandler {
  constructor(
    private readonly lists: ConversationLists,
    private readonly views: ConversationViews,
  ) {}

  @Handles(listConversations)
  async handle(request: ListConversations, { actor }: Caller<AgentActor>): Promise<ConversationPage> {
    const { limit = defaultPageSize, cursor, tray = 'all', status = 'active', sort = 'waiting', ...filters } = request;
    const from = cursor === undefined ? null : fromCursor(sort, cursor);
    const { rows, last } = await this.lists.page(actor, { tray, status, sort, ...filters }, from, limit);
    return {
      items: rows.map(({ id, state }) => this.views.conversation(id, state)),
      nextCursor: last && toCursor(sort, last),
    };
  }
}
