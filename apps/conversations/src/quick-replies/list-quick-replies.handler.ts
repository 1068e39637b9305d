import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, ListQuickReplies, listQuickReplies, pageOf, type QuickReplyList, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { QuickReplyCatalogueJournal } from './quick-reply-catalogue.journal.js';

@Controller()
export class ListQuickRepliesHandler {
  constructor(private readonly catalogues: QuickReplyCatalogueJournal) {}

  @Handles(listQuickReplies)
  async handle(request: ListQuickReplies, { actor }: Caller<AgentActor | SystemActor>): Promise<QuickReplyList> {
    const items = [...(await this.catalogues.all(workspaceOf(actor)))].sort((a, b) => a.shortcut.localeCompare(b.shortcut, 'es') || (a.id < b.id ? -1 : 1));
    return pageOf(items, request, ({ id }) => id);
  }
}
