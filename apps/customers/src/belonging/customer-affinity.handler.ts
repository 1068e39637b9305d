import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type CustomerView, dropCustomer, type DropCustomer, entryActorOf, getAgent, takeCustomer, type TakeCustomer } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles, MessageBus, systemCaller } from '@relevo/messaging';
import { type CustomerCommand, customerView } from '../customers/customer.js';
import { CustomerJournal } from '../customers/customer.journal.js';

/** Whose a customer is (product rule "Routing"). */
@Controller()
export class CustomerAffinityHandler {
  constructor(
    private readonly customers: CustomerJournal,
    private readonly bus: MessageBus,
  ) {}

  @Handles(takeCustomer)
  async take(request: TakeCustomer, { actor, correlationId }: Caller<AgentActor>): Promise<CustomerView> {
    const { agentId = actor.id } = request;
    // Whoever it is, they are of this workspace.
    if (agentId !== actor.id) await this.bus.request(getAgent, { agentId }, { ...systemCaller('customers', actor.workspaceId), correlationId });
    return this.run(request, actor, { type: 'take', by: entryActorOf(actor), agentId, isAdmin: actor.role === 'admin' });
  }

  @Handles(dropCustomer)
  drop(request: DropCustomer, { actor }: Caller<AgentActor>): Promise<CustomerView> {
    return this.run(request, actor, { type: 'drop', by: entryActorOf(actor), isAdmin: actor.role === 'admin' });
  }

  private async run(request: { customerId: string; commandId: string }, actor: AgentActor, command: CustomerCommand): Promise<CustomerView> {
    const { workspaceId } = actor;
    const { id } = await this.customers.require(request.customerId, workspaceId);
    const { state } = await this.customers.append({ workspaceId, aggregateId: id, command, ...commandKeyOf(actor, command.type, request) });
    return customerView(id, state);
  }
}
