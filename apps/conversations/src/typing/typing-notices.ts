import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { type EntryActor, type PublicTypingNotice, type TypingNotice, typingSubject } from '@relevo/contracts';
import { NATS_CONNECTION } from '@relevo/messaging';
import type { ConversationState } from '../conversation/conversation.js';
import { audienceOf } from '../conversation/view.js';

/** Tells who writes, to whoever listens just now. Here, because only the owner knows who may see the conversation. */
@Injectable()
export class TypingNotices {
  constructor(@Inject(NATS_CONNECTION) private readonly nats: NatsConnection) {}

  toAgents(conversationId: string, state: ConversationState, actor: EntryActor, stopped: boolean): void {
    const { workspaceId } = state;
    const notice: TypingNotice = { workspaceId, conversationId, audience: audienceOf(state), actor, stopped };
    this.nats.publish(typingSubject('internal', workspaceId), JSON.stringify(notice));
  }

  toCustomer(conversationId: string, { workspaceId, channelId, externalId }: ConversationState, { kind, name }: EntryActor, stopped: boolean): void {
    const notice: PublicTypingNotice = { workspaceId, channelId, externalId, conversationId, actor: { kind, name }, stopped };
    this.nats.publish(typingSubject('public', workspaceId), JSON.stringify(notice));
  }
}
