import { Injectable } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationChanged, type Operation, requestOf, sendMessage, validateShape, WriteMessage } from '@relevo/contracts';
import { MessageBus, RateLimits } from '@relevo/messaging';
import { GatewayConfig } from '../config.js';
import { SentFiles } from '../files/sent-files.js';
import { uploaderOf } from '../files/uploader.js';

/** The one way from an agent to a service, whichever transport they came by. */
@Injectable()
export class Dispatcher {
  constructor(
    private readonly bus: MessageBus,
    private readonly limits: RateLimits,
    private readonly config: GatewayConfig,
    private readonly files: SentFiles,
  ) {}

  /** The owner checks again; here it is checked so that nothing invalid goes on, and the error names the field. */
  async dispatch(operation: Pick<Operation, 'rpc' | 'body' | 'isSend'>, body: unknown, actor: AgentActor, correlationId: string): Promise<object> {
    const { rpc, isSend } = operation;
    const request = validateShape(requestOf(operation), body);
    if (isSend) await this.limits.take(`send ${actor.id}`, this.config.sendRate, 'Too many messages and notes at once. Send it again in a moment.');
    if (request instanceof WriteMessage && request.attachmentIds !== undefined) return this.sendFiles(request, request.attachmentIds, { actor, correlationId });
    return this.bus.request(rpc, request, { actor, correlationId });
  }

  private sendFiles(message: WriteMessage, ids: readonly string[], caller: Caller<AgentActor>): Promise<ConversationChanged> {
    const { workspaceId, id } = caller.actor;
    return this.files.send(
      { ids, sender: { workspaceId, uploader: uploaderOf.agent(id) }, key: `${id}/${message.commandId}` },
      (attachments) => this.bus.request(sendMessage, { ...message, attachments }, caller),
      ({ conversation }) => ({ conversationId: conversation.id, channelId: conversation.channelId }),
    );
  }
}
