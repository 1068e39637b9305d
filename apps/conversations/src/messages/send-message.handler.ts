import { Controller } from '@nestjs/common';
import { type AgentActor, AppError, type AttachmentView, type Caller, type ConversationChanged, notFound, SendMessage, sendMessage, type WriteMessage } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { entryViewOf } from '../conversation/view.js';
import { VoicePolicy } from './voice-policy.js';

/** An overtaken sender sees at most this many of the entries missed; the timeline has the rest. */
const missedEntries = 50;

@Controller()
export class SendMessageHandler {
  constructor(
    private readonly commands: AgentCommands,
    private readonly journal: ConversationJournal,
    private readonly voice: VoicePolicy,
  ) {}

  @Handles(sendMessage)
  async handle(request: SendMessage, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    const { text = '', attachments = [], seenSeq = null } = request;
    try {
      const refusal = missing(request) ? notFound('attachment') : await this.refusalOf(request.conversationId, attachments);
      return await this.commands.run(asAsked(request), caller, { type: 'send', agent: caller.actor, text, attachments, seenSeq, ...(refusal && { refusal }) });
    } catch (error) {
      if (error instanceof AppError && error.code === 'REPLY_OVERTAKEN') throw await this.withMissed(error, request);
      throw error;
    }
  }

  private async refusalOf(conversationId: string, attachments: readonly AttachmentView[]): Promise<AppError | undefined> {
    if (!attachments.some(({ voice }) => voice)) return undefined;
    const state = await this.journal.load(conversationId);
    return state ? this.voice.refusal(attachments, state) : undefined;
  }

  private async withMissed(error: AppError, { conversationId, seenSeq }: SendMessage): Promise<AppError> {
    const missed = await this.journal.entries(conversationId, { after: seenSeq, limit: missedEntries });
    return new AppError(error.code, error.message, { details: { ...error.details, entries: missed.map(entryViewOf) } });
  }
}

/** Whether it names a file that its sender may not send. */
const missing = ({ attachmentIds = [], attachments = [] }: SendMessage): boolean => attachmentIds.some((id, place) => attachments[place]?.id !== id);

/** What the agent asked, by which a repeat is told from another message; what is known of files is not theirs to say. */
const asAsked = ({ attachments: _, ...asked }: SendMessage): WriteMessage => asked;
