import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, createQuickReply, CreateQuickReply, type QuickReplyView, type SystemActor } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { checkPlaceholders } from './placeholders.js';
import { QuickReplyCatalogueJournal } from './quick-reply-catalogue.journal.js';

@Controller()
export class CreateQuickReplyHandler {
  constructor(private readonly catalogues: QuickReplyCatalogueJournal) {}

  @Handles(createQuickReply)
  async handle(request: CreateQuickReply, { actor }: Caller<AgentActor | SystemActor>): Promise<QuickReplyView> {
    const { shortcut, text } = request;
    checkPlaceholders(text);
    return this.catalogues.create(actor, 'create-quick-reply', request, (id) => ({ id, shortcut, text, archived: false }));
  }
}
