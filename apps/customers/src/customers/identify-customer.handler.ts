import { Controller } from '@nestjs/common';
import { AppError, type Caller, type ChannelActor, entryActorOf, type FoundCustomer, IdentifyCustomer, identifyCustomer } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { type CustomerState, customerIdOf, type TellCommand } from './customer.js';
import { CustomerJournal } from './customer.journal.js';
import { decide } from './decide.js';
import { givenAttributes } from './given-attributes.js';
import { givenName } from './given-name.js';
import { requireWelcome } from './welcome.js';

/** Finds the customer behind an identity, or makes them, and keeps what the channel knows of them. */
@Controller()
export class IdentifyCustomerHandler {
  constructor(private readonly customers: CustomerJournal) {}

  @Handles(identifyCustomer)
  async handle(request: IdentifyCustomer, { actor }: Caller<ChannelActor>): Promise<FoundCustomer> {
    const { workspaceId } = actor;
    const { channelId, externalId } = request;
    if (channelId !== actor.id) throw new AppError('FORBIDDEN', 'A channel speaks for its own customers only.');
    const command = { by: entryActorOf(actor), identity: { channelId, externalId }, name: givenName(request.name), attributes: givenAttributes(request.attributes) };
    const id = customerIdOf(workspaceId, command.identity);
    const found = await this.customers.current(id);
    let known = found?.state ?? null;
    if (known === null) {
      const { state, repeated } = await this.customers.append({
        workspaceId,
        aggregateId: id,
        command: { type: 'create', ...command },
        ...naturalKey('created', id),
      });
      if (!repeated) return foundCustomer(id, state);
      known = state;
    }
    requireWelcome(known);
    return this.collect(found?.id ?? id, known, { type: 'collect', ...command }, workspaceId);
  }

  private async collect(id: string, known: CustomerState, collect: TellCommand, workspaceId: string): Promise<FoundCustomer> {
    // Most messages tell nothing new: that is decided without a write.
    if (decide(known, collect) === null) return foundCustomer(id, known);
    // Told twice, it is nothing new the second time; so the key need only be nobody else's.
    const { state } = await this.customers.append({ workspaceId, aggregateId: id, command: collect, ...naturalKey('collected', newId()) });
    return foundCustomer(id, state);
  }
}

const foundCustomer = (id: string, { name, seq }: CustomerState): FoundCustomer => ({ id, name, version: seq });
