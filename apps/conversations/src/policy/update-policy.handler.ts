import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, entryActorOf, type PolicyView, type SystemActor, updatePolicy, UpdatePolicy, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { given } from '../catalogue/given.js';
import { Policies } from './policies.js';
import { policyView } from './policy.js';

@Controller()
export class UpdatePolicyHandler {
  constructor(private readonly policies: Policies) {}

  @Handles(updatePolicy)
  async handle(request: UpdatePolicy, { actor }: Caller<AgentActor | SystemActor>): Promise<PolicyView> {
    const { toleranceHours, voice } = request;
    const command = { type: 'change', by: entryActorOf(actor), changes: given({ toleranceHours, voice }) } as const;
    return policyView(await this.policies.change({ workspaceId: workspaceOf(actor), command, ...commandKeyOf(actor, 'update-policy', request) }));
  }
}
