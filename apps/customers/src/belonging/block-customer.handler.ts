import { Controller } from '@nestjs/common';
import { type AgentActor, type BlockCustomer, blockCustomer, type Caller, type CustomerView, entryActorOf, type UnblockCustomer, unblockCustomer } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { customerView } from '../customers/customer.js';
import { CustomerJournal } from '../customers/customer.journal.js';

/** Blocked customers reach nobody: their messages are refused where they come in. */
@Controller()
export class BlockCustomerHandler {
  constructor(private readonly customers: CustomerJournal) {}

  @Handles(blockCustomer)
  block(request: BlockCustomer, { actor }: Caller<AgentActor>): Promise<CustomerView> {
    return this.run('block', request, actor);
  }

  @Handles(unblockCustomer)
  unblock(request: UnblockCustomer, { actor }: Caller<AgentActor>): Promise<CustomerView> {
    return this.run('unblock', request, actor);
  }

  private async run(type: 'block' | 'unblock', request: BlockCustomer, actor: AgentActor): Promise<CustomerView> {
    const { workspaceId } = actor;
    const { id } = await this.customers.require(request.customerId, workspaceId);
    const { state } = await this.customers.append({ workspaceId, aggregateId: id, command: { type, by: entryActorOf(actor) }, ...commandKeyOf(actor, type, request) });
    return customerView(id, state);
  }
}
