import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationPage, defaultPageSize, ListCustomerConversations, listCustomerConversations, readCustomer } from '@relevo/contracts';
import { Handles, MessageBus, systemCaller } from '@relevo/messaging';
import { ConversationViews } from '../conversation/conversation-views.js';
import { ConversationLists } from './conversation-lists.js';
import { fromCursor, toCursor } from './position.js';

/** Whose conversations they are is asked of customers: an id from before a merge is good for ever. */
@Controller()
export class ListCustomerConversationsHandler {
  constructor(
    private readonly lists: ConversationLists,
    private readonly views: ConversationViews,
    private readonly bus: MessageBus,
  ) {}

  @Handles(listCustomerConversations)
  async handle({ customerId, limit = defaultPageSize, cursor }: ListCustomerConversations, { actor, correlationId }: Caller<AgentActor>): Promise<ConversationPage> {
    const sort = 'activity';
    const from = cursor === undefined ? null : fromCursor(sort, cursor);
    const { id } = await this.bus.request(readCustomer, { customerId }, { ...systemCaller('conversations', actor.workspaceId), correlationId });
    const { rows, last } = await this.lists.page(actor, { tray: 'all', status: 'all', sort, customerId: id }, from, limit);
    return { items: rows.map((row) => this.views.conversation(row.id, row.state)), nextCursor: last && toCursor(sort, last) };
  }
}
