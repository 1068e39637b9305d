import { Controller } from '@nestjs/common';
import { type Caller, createWorkspace, CreateWorkspace, entryActorOf, type SystemActor, type WorkspaceView } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { workspaceIdOf, workspaceView } from './workspace.js';
import { WorkspaceJournal } from './workspace.journal.js';

@Controller()
export class CreateWorkspaceHandler {
  constructor(private readonly workspaces: WorkspaceJournal) {}

  @Handles(createWorkspace)
  async handle(request: CreateWorkspace, { actor }: Caller<SystemActor>): Promise<WorkspaceView> {
    const workspaceId = workspaceIdOf(request.commandId);
    const { state } = await this.workspaces.append({
      workspaceId,
      aggregateId: workspaceId,
      command: { type: 'create', by: entryActorOf(actor), name: request.name },
      ...commandKeyOf(actor, 'create-workspace', request),
    });
    return workspaceView(state);
  }
}
