import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationPage, defaultPageSize, ListConversations, listConversations } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { ConversationViews } from '../conversation/conversation-views.js';
import { Policies } from '../policy/policies.js';
import { ConversationLists } from './conversation-lists.js';
import { fromCursor, toCursor } from './position.js';

/** How far ahead agents are told what will close. */
const forecastMs = 60 * 60 * 1000;

@Controller()
export class ListConversationsHandler {
  constructor(
    private readonly lists: ConversationLists,
    private readonly views: ConversationViews,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  @Handles(listConversations)
  async handle(request: ListConversations, { actor }: Caller<AgentActor>): Promise<ConversationPage> {
    const { limit = defaultPageSize, cursor, tray = 'all', status = 'active', sort = 'waiting', closing = false, ...filters } = request;
    const from = cursor === undefined ? null : fromCursor(sort, cursor);
    const idleSince = closing ? this.closingSince(actor.workspaceId) : undefined;
    const { rows, last } = await this.lists.page(actor, { tray, status, sort, ...filters, idleSince }, from, limit);
    return {
      items: rows.map(({ id, state }) => this.views.conversation(id, state)),
      nextCursor: last && toCursor(sort, last),
    };
  }

  /** What has had no interaction since then closes by itself within the hour. */
  private closingSince(workspaceId: string): Date {
    return new Date(this.clock.now().getTime() + forecastMs - this.policies.toleranceMs(workspaceId));
  }
}
