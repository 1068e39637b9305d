import { Controller } from '@nestjs/common';
import { type VerificationReport, VerifyProjections, verifyProjections } from '@relevo/contracts';
import { verifyJournals } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { PolicyJournal } from '../policy/policy.journal.js';
import { QuickReplyCatalogueJournal } from '../quick-replies/quick-reply-catalogue.journal.js';
import { TagCatalogueJournal } from '../tags/tag-catalogue.journal.js';
import { ConversationJournal } from './conversation.journal.js';

@Controller()
export class VerifyProjectionsHandler {
  constructor(
    private readonly conversations: ConversationJournal,
    private readonly tags: TagCatalogueJournal,
    private readonly quickReplies: QuickReplyCatalogueJournal,
    private readonly policies: PolicyJournal,
  ) {}

  @Handles(verifyProjections.conversations)
  handle(request: VerifyProjections): Promise<VerificationReport> {
    const journals = { conversation: this.conversations, 'tag-catalogue': this.tags, 'quick-reply-catalogue': this.quickReplies, policy: this.policies };
    return verifyJournals(journals, request);
  }
}
