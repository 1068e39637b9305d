import { Controller } from '@nestjs/common';
import { type VerificationReport, VerifyProjections, verifyProjections } from '@relevo/contracts';
import { verifyJournals } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { ChannelJournal } from '../channels/channel.journal.js';

@Controller()
export class VerifyProjectionsHandler {
  constructor(private readonly channel: ChannelJournal) {}

  @Handles(verifyProjections.channels)
  handle(request: VerifyProjections): Promise<VerificationReport> {
    return verifyJournals({ channel: this.channel }, request);
  }
}
