import { Controller } from '@nestjs/common';
import { type VerificationReport, VerifyProjections, verifyProjections } from '@relevo/contracts';
import { verifyJournals } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { CatalogueJournal } from '../attributes/catalogue.journal.js';
import { CustomerJournal } from '../customers/customer.journal.js';

@Controller()
export class VerifyProjectionsHandler {
  constructor(
    private readonly customer: CustomerJournal,
    private readonly catalogue: CatalogueJournal,
  ) {}

  @Handles(verifyProjections.customers)
  handle(request: VerifyProjections): Promise<VerificationReport> {
    return verifyJournals({ customer: this.customer, catalogue: this.catalogue }, request);
  }
}
