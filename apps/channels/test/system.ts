import { type ChannelCreated, createChannel, type CreateChannel, type PublicConversationEvent, publicConversationEvents, type SystemActor } from '@relevo/contracts';
import { type Body, EventPublisher, outgoing } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { patience, type Replicas, type Settings, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { composeOthers, Others } from './others.js';

export const operator: SystemActor = { kind: 'system', id: 'cli', workspaceId: 'sur' };

/** Quick to give up and to try again. */
const env = {
  // Receivers are on this machine.
  CALLBACK_HOSTS: '127.0.0.1',
  // Longer than a busy machine keeps this process waiting.
  CALLBACK_TIMEOUT_MS: '15000',
  DELIVERY_POLL_MS: '50',
  DELIVERY_RETRY_MS: '50',
  DELIVERY_RECORD_RETRY_MS: '50',
};

/** Two replicas of the service; the services that they ask are stubs. */
export class System {
  private constructor(
    readonly replicas: Replicas,
    readonly others: Others,
  ) {}

  static async start(more: Settings = {}): Promise<System> {
    const others = new Others();
    return new System(await startReplicas({ service: 'channels', compose, env: { ...env, ...more }, beside: [composeOthers(others)] }), others);
  }

  aChannel(more: Partial<Body<CreateChannel>> = {}): Promise<ChannelCreated> {
    return this.replicas.ask(createChannel, { commandId: newId(), name: 'API', kind: 'api', ...more }, operator);
  }

  /** A message in a conversation, as its owner publishes it; an agent's unless told. */
  async publish(channelId: string, conversationId: string, seq: number, more: Partial<PublicConversationEvent<'message'>> = {}): Promise<void> {
    const payload: PublicConversationEvent<'message'> = {
      workspaceId: 'sur',
      channelId,
      externalId: '+541',
      conversationId,
      seq,
      previousReplySeq: null,
      type: 'message',
      at: '2026-03-01T10:00:00.000Z',
      author: { kind: 'agent', name: 'Ana' },
      data: { text: `¿qué tal? ${seq} 👋`, attachments: [] },
      ...more,
    };
    const place = { workspaceId: 'sur', aggregateId: conversationId, seq, fact: 'message' };
    await new EventPublisher(this.replicas.nats, patience.REQUEST_TIMEOUT_MS).publish(outgoing({ contract: publicConversationEvents, ...place, payload }));
  }

  stop(): Promise<void> {
    return this.replicas.stop();
  }
}
