import { Injectable, Logger } from '@nestjs/common';
import { AppError, type CustomerSummary, type CustomerView, readCustomer } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { MessageBus, systemCaller } from '@relevo/messaging';
import type { ConversationState } from '../conversation/conversation.js';
import { ConversationJournal } from '../conversation/conversation.journal.js';

/** Conversations that are told at once, and batches of one try; whoever has more is gone on with at the next. */
const batch = 50;
const maxBatches = 40;

/** Somebody who is renamed more often than this within one message is looked at again with the next. */
const maxSteps = 5;

/** A customer as they are now, with the version that says so. */
type CustomerNow = Pick<CustomerView, 'id' | 'name' | 'version'>;

const isSame = (known: CustomerSummary, { id, name }: CustomerNow): boolean => known.id === id && known.name === name;

/**
 * Keeps conversations with the customer's name, and with whoever they were merged into. What customers answers is what
 * holds; it is asked again after each write, so that of two who write at once the later one corrects the other.
 */
@Injectable()
export class CustomerChanges {
  private readonly logger = new Logger(CustomerChanges.name);

  constructor(
    private readonly journal: ConversationJournal,
    private readonly bus: MessageBus,
  ) {}

  /** To all conversations of theirs. `heard`: what an event says of a customer who was not merged; most news are not of the name. */
  async tellAll(workspaceId: string, customerId: string, heard: CustomerNow | null): Promise<void> {
    if (heard && (await this.journal.ofCustomers(workspaceId, [customerId], heard, 1)).length === 0) return;
    const ids = new Set([customerId]);
    for (let step = 0; step < maxBatches; step += 1) {
      const now = await this.read(workspaceId, customerId);
      // Also those that were told before: whoever renamed the one merged into may have looked before they were theirs.
      const outdated = await this.journal.ofCustomers(workspaceId, [...ids.add(now.id)], now, batch);
      if (outdated.length === 0) return;
      await Promise.all(outdated.map(({ id, customer }) => this.tell(workspaceId, id, customer.id, now)));
    }
    throw new AppError('UNAVAILABLE', 'There are more conversations of this customer than one try is for.');
  }

  /**
   * To one conversation that was just opened, or of which a channel knows better: the customer may have changed between
   * being found and being written down, where no event finds it. It never fails what it comes after.
   */
  async settle(conversationId: string, { workspaceId, customer }: Pick<ConversationState, 'workspaceId' | 'customer'>): Promise<void> {
    try {
      let known = customer;
      for (let step = 0; step < maxSteps; step += 1) {
        const now = await this.read(workspaceId, known.id);
        if (isSame(known, now)) return;
        known = (await this.tell(workspaceId, conversationId, known.id, now)).customer;
      }
    } catch (error) {
      this.logger.warn({ conversationId, error }, 'could not look whether its customer changed; the next message or change of theirs tells');
    }
  }

  private async tell(workspaceId: string, conversationId: string, from: string, { id, name, version }: CustomerNow): Promise<ConversationState> {
    const { state } = await this.journal.append({
      workspaceId,
      aggregateId: conversationId,
      command: { type: 'change-customer', from, customer: { id, name }, version },
      ...naturalKey('customer', conversationId, id, String(version)),
    });
    return state;
  }

  private read(workspaceId: string, customerId: string): Promise<CustomerNow> {
    return this.bus.request(readCustomer, { customerId }, systemCaller('conversations', workspaceId));
  }
}
