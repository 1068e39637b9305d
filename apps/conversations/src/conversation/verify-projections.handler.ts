import { Controller } from '@nestjs/common';
import { type VerificationReport, VerifyProjections, verifyProjections } from '@relevo/contracts';
import { verifyJournals } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { TagCatalogueJournal } from '../tags/tag-catalogue.journal.js';
import { ConversationJournal } from './conversation.journal.js';

@Controller()
export class VerifyProjectionsHandler {
  constructor(
    private readonly conversations: ConversationJournal,
    private readonly tags: TagCatalogueJournal,
  ) {}

  @Handles(verifyProjections.conversations)
  handle(request: VerifyProjections): Promise<VerificationReport> {
    return verifyJournals({ conversation: this.conversations, 'tag-catalogue': this.tags }, request);
  }
}
