import { Controller } from '@nestjs/common';
import { addNote, AddNote, type AgentActor, type Caller, type ConversationChanged, type FieldError } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { canSee } from '../conversation/sight.js';
import { TransferTargets } from '../transfer/transfer-targets.js';

@Controller()
export class AddNoteHandler {
  constructor(
    private readonly commands: AgentCommands,
    private readonly journal: ConversationJournal,
    private readonly targets: TransferTargets,
  ) {}

  @Handles(addNote)
  async handle(request: AddNote, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    const { text, mentions = [] } = request;
    const blind = mentions.length > 0 ? await this.blindAmong(mentions, request, caller) : [];
    return this.commands.run(request, caller, { type: 'note', agent: caller.actor, text, mentions: [...new Set(mentions)], blind });
  }

  /** Product rule "Sight": whoever may not see the conversation cannot be called into it. Decided later, after sight and closed. */
  private async blindAmong(mentions: readonly string[], request: AddNote, caller: Caller<AgentActor>): Promise<FieldError[]> {
    const { workspaceId } = caller.actor;
    const state = await this.journal.load(request.conversationId);
    // There is nothing to look up for what will be refused anyway, or was done already.
    if (state === null || !canSee(caller.actor, state)) return [];
    if (await this.journal.entryByKey(commandKeyOf(caller.actor, 'note', request).commandKey)) return [];
    const called = await Promise.all(mentions.map((id) => this.targets.agentNow(id, workspaceId, caller.correlationId)));
    return called.flatMap((agent, index) =>
      agent && canSee({ ...agent, workspaceId }, state) ? [] : [{ path: `mentions.${index}`, message: 'may not see this conversation' }],
    );
  }
}
