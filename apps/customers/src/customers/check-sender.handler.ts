import { Controller } from '@nestjs/common';
import { AppError, type Caller, type ChannelActor, CheckSender, checkSender, type WelcomeSender } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { customerIdOf } from './customer.js';
import { CustomerJournal } from './customer.journal.js';
import { requireWelcome } from './welcome.js';

/** For what comes before a message, its files. Who never wrote is welcome. */
@Controller()
export class CheckSenderHandler {
  constructor(private readonly customers: CustomerJournal) {}

  @Handles(checkSender)
  async handle({ channelId, externalId }: CheckSender, { actor }: Caller<ChannelActor>): Promise<WelcomeSender> {
    if (channelId !== actor.id) throw new AppError('FORBIDDEN', 'A channel speaks for its own customers only.');
    const known = await this.customers.current(customerIdOf(actor.workspaceId, { channelId, externalId }));
    if (known) requireWelcome(known.state);
    return {};
  }
}
