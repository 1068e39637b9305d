import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type GetPolicy, getPolicy, type PolicyView, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { defaultPolicy, policyIdOf, policyView } from './policy.js';
import { PolicyJournal } from './policy.journal.js';

@Controller()
export class GetPolicyHandler {
  constructor(private readonly policies: PolicyJournal) {}

  @Handles(getPolicy)
  async handle(_request: GetPolicy, { actor }: Caller<AgentActor | SystemActor>): Promise<PolicyView> {
    return policyView((await this.policies.load(policyIdOf(workspaceOf(actor)))) ?? defaultPolicy);
  }
}
