import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type QuickReplyView, type SystemActor, updateQuickReply, UpdateQuickReply } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { given } from '../catalogue/given.js';
import { checkPlaceholders } from './placeholders.js';
import { QuickReplyCatalogueJournal } from './quick-reply-catalogue.journal.js';

@Controller()
export class UpdateQuickReplyHandler {
  constructor(private readonly catalogues: QuickReplyCatalogueJournal) {}

  @Handles(updateQuickReply)
  async handle(request: UpdateQuickReply, { actor }: Caller<AgentActor | SystemActor>): Promise<QuickReplyView> {
    const { quickReplyId, shortcut, text, archived } = request;
    if (text !== undefined) checkPlaceholders(text);
    return this.catalogues.change(actor, 'update-quick-reply', request, quickReplyId, given({ shortcut, text, archived }));
  }
}
