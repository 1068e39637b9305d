import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, entryActorOf, type PolicyView, type SystemActor, updatePolicy, UpdatePolicy, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { given } from '../catalogue/given.js';
import { Policies } from './policies.js';
import { policyView } from './policy.js';
import { VoiceNotices } from './voice-notices.js';

@Controller()
export class UpdatePolicyHandler {
  constructor(
    private readonly policies: Policies,
    private readonly notices: VoiceNotices,
  ) {}

  @Handles(updatePolicy)
  async handle(request: UpdatePolicy, { actor }: Caller<AgentActor | SystemActor>): Promise<PolicyView> {
    const { toleranceHours, voice } = request;
    const command = { type: 'change', by: entryActorOf(actor), changes: given({ toleranceHours, voice }) } as const;
    const workspaceId = workspaceOf(actor);
    const view = policyView(await this.policies.change({ workspaceId, command, ...commandKeyOf(actor, 'update-policy', request) }));
    if (voice !== undefined) this.notices.toCustomers({ workspaceId, voice: view.voice });
    return view;
  }
}
