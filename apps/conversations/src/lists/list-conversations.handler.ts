import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationPage, defaultPageSize, ListConversations, listConversations } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { ConversationViews } from '../conversation/conversation-views.js';
import { Policies } from '../policy/policies.js';
import { ConversationSearch } from '../search/conversation-search.js';
import { beginning, fromSearchCursor, toSearchCursor } from '../search/search-cursor.js';
import { ConversationLists } from './conversation-lists.js';
import { fromCursor, toCursor } from './position.js';

/** How far ahead agents are told what will close. */
const forecastMs = 60 * 60 * 1000;

@Controller()
export class ListConversationsHandler {
  constructor(
    private readonly lists: ConversationLists,
    private readonly search: ConversationSearch,
    private readonly views: ConversationViews,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Handles(listConversations)
  async handle(request: ListConversations, caller: Caller<AgentActor>): Promise<ConversationPage> {
    const { q, ...list } = request;
    return q === undefined ? this.list(list, caller) : this.found(q, list, caller);
  }

  private async list(request: Omit<ListConversations, 'q'>, { actor }: Caller<AgentActor>): Promise<ConversationPage> {
    const { limit = defaultPageSize, cursor, tray = 'all', status = request.mentioned === true ? 'all' : 'active', sort = 'waiting', closing = false, ...filters } = request;
    const from = cursor === undefined ? null : fromCursor(sort, cursor);
    const idleSince = this.idleSince(closing, actor);
    const { rows, last } = await this.lists.page(actor, { tray, status, sort, ...filters, idleSince }, from, limit);
    return {
      items: rows.map(({ id, state }) => this.views.conversation(id, state)),
      nextCursor: last && toCursor(sort, last),
    };
  }

  private async found(q: string, request: Omit<ListConversations, 'q'>, { actor, correlationId }: Caller<AgentActor>): Promise<ConversationPage> {
    const { limit = defaultPageSize, cursor, tray = 'all', status = 'all', sort, closing = false, ...filters } = request;
    const from = cursor === undefined ? beginning : fromSearchCursor(sort, cursor);
    const among = { tray, status, ...filters, idleSince: this.idleSince(closing, actor) };
    const { rows, next } = await this.search.page({ q, agent: actor, among, sort, correlationId }, from, limit);
    return {
      items: rows.map(({ id, state, found }) => ({ ...this.views.conversation(id, state), ...(found && { found }) })),
      nextCursor: next && toSearchCursor(sort, next),
    };
  }

  /** What has had no interaction since then closes by itself within the hour. */
  private idleSince(closing: boolean, { workspaceId }: AgentActor): Date | undefined {
    return closing ? new Date(this.clock.now().getTime() + forecastMs - this.policies.toleranceMs(workspaceId)) : undefined;
  }
}
