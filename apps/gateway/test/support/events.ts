import { type Audience, type ConversationEvent, conversationsEvents, type EntryType, type TagEvent, type TagView } from '@relevo/contracts';
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
  entry(before: Audience | null, after: Audience, conversationId = newId(), text = 'ojo'): Promise<{ conversationId: string; seq: number }> {
    return this.happened('note', { text, mentions: [] }, before, after, conversationId);
  }

  /** It changed hands, or trays. */
  moved(before: Audience | null, after: Audience, conversationId = newId()): Promise<{ conversationId: string; seq: number }> {
    return this.happened('transferred', { from: before, to: after }, before, after, conversationId);
  }

  private async happened(type: EntryType, data: object, before: Audience | null, after: Audience, conversationId: string): Promise<{ conversationId: string; seq: number }> {
    const seq = ++this.seq;
    const payload = {
      noun: 'conversation',
      workspaceId: this.workspaceId,
      entry: { conversationId, seq, type, visibility: 'internal', data },
      conversation: { id: conversationId, seq, ...after },
      before,
      after,
    } as unknown as ConversationEvent;
    await this.services.events.publish(
      outgoing({ contract: conversationsEvents, workspaceId: this.workspaceId, aggregateId: conversationId, seq, fact: type, payload }),
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
