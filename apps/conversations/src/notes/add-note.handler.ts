import { Controller } from '@nestjs/common';
import { addNote, AddNote, type AgentActor, AppError, type Caller, type ConversationChanged, listAgents } from '@relevo/contracts';
import { Handles, MessageBus } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { canSee, seenBy } from '../conversation/sight.js';

@Controller()
export class AddNoteHandler {
  constructor(
    private readonly commands: AgentCommands,
    private readonly journal: ConversationJournal,
    private readonly bus: MessageBus,
  ) {}

  @Handles(addNote)
  async handle(request: AddNote, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    const mentions = [...new Set(request.mentions)];
    if (mentions.length > 0) await this.refuseBlindMentions(request.conversationId, mentions, caller);
    return this.commands.run(request, caller, { type: 'note', agent: caller.actor, text: request.text, mentions });
  }

  /** Product rule "Sight": whoever may not see the conversation cannot be called into it. */
  private async refuseBlindMentions(conversationId: string, mentions: readonly string[], caller: Caller<AgentActor>): Promise<void> {
    const { workspaceId } = caller.actor;
    const state = seenBy(caller.actor, await this.journal.load(conversationId));
    const { items } = await this.bus.request(listAgents, {}, caller);
    const errors = mentions.flatMap((id, index) => {
      const agent = items.find((candidate) => candidate.id === id);
      return agent && canSee({ ...agent, workspaceId }, state) ? [] : [{ path: `mentions.${index}`, message: 'may not see this conversation' }];
    });
    if (errors.length > 0) throw new AppError('RULE_VIOLATED', 'Somebody mentioned may not see this conversation.', { errors });
  }
}
