import type { ConversationChanged } from '@relevo/contracts';
import type { CommandName, RequestOf } from '../api/operations.js';
import type { CommandOptions } from './requests.js';

type OnConversation = Extract<CommandName, `${string} /conversations/:conversationId/${string}`>;
/** Messages and notes go through the outbox, which keeps them over an absence and in their order. */
type Command = 'POST /conversations' | Exclude<OnConversation, `${string}/messages` | `${string}/notes`>;

export type RunOnConversation = <N extends Command>(name: N, body: RequestOf<N>, options?: CommandOptions) => Promise<ConversationChanged>;

export type Transfer = Omit<RequestOf<'POST /conversations/:conversationId/transfer'>, 'conversationId'>;

/** What an agent does with a conversation besides writing in it. The effect is in every list and timeline with the answer. */
export class ConversationCommands {
  constructor(private readonly run: RunOnConversation) {}

  /**
   * Writes to a customer first, by a channel on which they are known. Where one is active there: `CONFLICT`, with its id in
   * `details.conversationId` for whoever may see it; to a customer who is blocked or not on the channel: `RULE_VIOLATED`.
   */
  open(outbound: RequestOf<'POST /conversations'>, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('POST /conversations', outbound, options);
  }

  claim(conversationId: string, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('POST /conversations/:conversationId/claim', { conversationId }, options);
  }

  release(conversationId: string, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('POST /conversations/:conversationId/release', { conversationId }, options);
  }

  /** By whom it is assigned to, what waits; and by anyone the notes that name them. */
  read(conversationId: string, upToSeq: number, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('POST /conversations/:conversationId/read', { conversationId, upToSeq }, options);
  }

  /** Only the notes that name the agent, up to there; what waits goes on waiting. */
  seeMentions(conversationId: string, upToSeq: number, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('POST /conversations/:conversationId/read', { conversationId, upToSeq, mentionsOnly: true }, options);
  }

  markUnread(conversationId: string, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('POST /conversations/:conversationId/unread', { conversationId }, options);
  }

  close(conversationId: string, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('POST /conversations/:conversationId/close', { conversationId }, options);
  }

  /** Of the agent's own last transfer or close, while the conversation's `undoUntil` lasts. */
  undo(conversationId: string, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('POST /conversations/:conversationId/undo', { conversationId }, options);
  }

  /** To `{agentId}` or `{teamId}`. */
  transfer(conversationId: string, transfer: Transfer, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('POST /conversations/:conversationId/transfer', { conversationId, ...transfer }, options);
  }

  tag(conversationId: string, tagId: string, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('PUT /conversations/:conversationId/tags/:tagId', { conversationId, tagId }, options);
  }

  untag(conversationId: string, tagId: string, options?: CommandOptions): Promise<ConversationChanged> {
    return this.run('DELETE /conversations/:conversationId/tags/:tagId', { conversationId, tagId }, options);
  }
}
