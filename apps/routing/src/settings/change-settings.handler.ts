import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, ChangeSettings, changeSettings, entryActorOf, type MeView } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { AgentJournal } from '../agents/agent.journal.js';
import { OwnAgents } from '../agents/own-agents.js';

@Controller()
export class ChangeSettingsHandler {
  constructor(
    private readonly agents: AgentJournal,
    private readonly own: OwnAgents,
  ) {}

  @Handles(changeSettings)
  async handle(request: ChangeSettings, { actor }: Caller<AgentActor>): Promise<MeView> {
    await this.own.get(actor);
    const { commandId: _, ...change } = request;
    const { state } = await this.agents.append({
      workspaceId: actor.workspaceId,
      aggregateId: actor.id,
      // Plain data, which a journal can compare and keep.
      command: { type: 'change-settings', by: entryActorOf(actor), change: JSON.parse(JSON.stringify(change)) as typeof change },
      ...commandKeyOf(actor, 'change-settings', request),
    });
    return this.own.view(actor.id, state);
  }
}
