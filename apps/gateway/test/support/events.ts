import { type Audience, type ConversationEvent, conversationsEvents, type TagEvent, type TagView } from '@relevo/contracts';
import { outgoing } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import type { Services } from './services.js';

/** Publishes what owners would, as they would. */
export class Events {
  private seq = 0;

  constructor(
    private readonly services: Services,
    private readonly workspaceId = 'sur',
  ) {}

  /** Something happened in a conversation; answers the entry's `conversationId` and `seq`. */
  async entry(before: Audience | null, after: Audience, conversationId = newId(), text = 'ojo'): Promise<{ conversationId: string; seq: number }> {
    const seq = ++this.seq;
    const payload = {
      noun: 'conversation',
      workspaceId: this.workspaceId,
      entry: { conversationId, seq, type: 'note', visibility: 'internal', data: { text, mentions: [] } },
      conversation: { id: conversationId, seq, ...after },
      before,
      after,
    } as unknown as ConversationEvent;
    await this.services.events.publish(
      outgoing({ contract: conversationsEvents, workspaceId: this.workspaceId, aggregateId: conversationId, seq, fact: 'note', payload }),
    );
    return { conversationId, seq };
  }

  /** Reaches everyone of the workspace: whoever has it has all that was published before it, too. */
  async tag(): Promise<TagView> {
    const tag: TagView = { id: newId(), name: 'Reclamo', color: '#1a2b3c', archived: false };
    const payload: TagEvent = { noun: 'tag', workspaceId: this.workspaceId, tag };
    await this.services.events.publish(
      outgoing({ contract: conversationsEvents, workspaceId: this.workspaceId, aggregateId: tag.id, seq: 1, fact: 'tag-created', payload }),
    );
    return tag;
  }
}
