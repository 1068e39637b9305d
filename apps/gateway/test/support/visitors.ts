import {
  checkOrigin,
  checkSender,
  getActiveConversation,
  type OpenVisit,
  openVisit,
  type PublicConversationEvent,
  publicConversationEvents,
  type PublicEntryType,
  AppError,
} from '@relevo/contracts';
import { outgoing } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { LiveClient } from './live-client.js';
import type { System } from './system.js';

/** A page that embeds the widget of channel `web`. */
export const shop = 'https://tienda.example';

export interface Auth extends Record<string, unknown> {
  readonly channelId?: string;
}

/** Channels `web` and `otra` of workspace `sur` and `lejana` of `norte`, as their owner answers for them; and who visits them. */
export class Visitors {
  private readonly clients: LiveClient[] = [];

  constructor(private readonly system: System) {
    const workspaces = new Map([['web', 'sur'], ['otra', 'sur'], ['lejana', 'norte']]);
    system.services.answer(openVisit, (request) => {
      const { channelId, userId, userHash, foreignOrigin } = request as OpenVisit;
      const workspaceId = workspaces.get(channelId);
      const isVouchedFor = userId === undefined ? userHash === undefined : userHash === `proof of ${userId}`;
      const mayEmbed = foreignOrigin === null || (foreignOrigin === shop && channelId === 'web');
      if (workspaceId === undefined || !isVouchedFor || !mayEmbed) throw new AppError('UNAUTHENTICATED', 'No.');
      return Promise.resolve({ workspaceId, externalId: userId === undefined ? null : `user:${userId}`, voice: channelId !== 'otra' });
    });
    system.services.answer(getActiveConversation, () => Promise.resolve({ conversation: null, voice: true }));
    system.services.answer(checkSender, () => Promise.resolve({}));
    system.services.answer(checkOrigin, (request) => Promise.resolve({ allowed: (request as { origin: string }).origin === shop }));
  }

  /** A visitor of `web`, ready. */
  async connect({ replica = 0, options = {}, ...auth }: Auth & { replica?: number; options?: object } = {}): Promise<LiveClient> {
    const client = await LiveClient.connect(this.system.urls[replica]!, { channelId: 'web', ...auth }, { namespace: 'widget', ...options });
    this.clients.push(client);
    return client;
  }

  refusal(auth: Record<string, unknown>, options: object = {}): Promise<Error & { data?: { code: string } }> {
    return LiveClient.refusal(this.system.url, auth, { namespace: 'widget', ...options });
  }

  /** Who a visitor is to the services. */
  async externalIdOf(client: LiveClient): Promise<string> {
    await client.ask('history', {});
    const { request } = this.system.services.received.at(-1)!;
    return (request as { externalId: string }).externalId;
  }

  /** Something happened that this customer may see, as conversations publishes it. */
  async happens(externalId: string, seq: number, more: Partial<PublicConversationEvent> = {}, extra: object = {}): Promise<void> {
    const type: PublicEntryType = more.type ?? 'message';
    const payload = {
      workspaceId: 'sur',
      channelId: 'web',
      externalId,
      conversationId: `conversation-${externalId.replace(/[^A-Za-z0-9]/g, '')}`,
      seq,
      type,
      at: '2026-03-01T10:00:00.000Z',
      author: { kind: 'agent' as const, name: 'Ana' },
      previousReplySeq: null,
      data: { text: `texto ${seq}`, attachments: [] },
      ...more,
      ...extra,
    };
    const { workspaceId, conversationId } = payload;
    await this.system.services.events.publish(
      outgoing({ contract: publicConversationEvents, workspaceId, aggregateId: conversationId, seq, fact: type, payload: payload }),
    );
  }

  /** Waits until they have heard all that was published for them by now. */
  async settle(externalId: string, seq: number, ...clients: LiveClient[]): Promise<void> {
    const conversationId = `last${newId()}`;
    await this.happens(externalId, seq, { conversationId });
    await Promise.all(clients.map((client) => client.hear('entry', { conversationId })));
  }

  close(): void {
    for (const client of this.clients) client.close();
  }
}
