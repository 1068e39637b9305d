import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { AppError, type ChannelActor, getActiveConversation, type PublicConversationEvent, publicEntryOf } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { FeedPool } from '../feed/feed-pool.js';
import { type JetStream, jetStreamOf } from '../feed/filtered-stream.js';
import { visitorFeeds, widgetEvents } from '../metrics.js';
import { Arrivals } from './arrivals.js';
import { VisitorFeed } from './visitor-feed.js';
import { type Visitor, VisitorTokens } from './visitor-tokens.js';
import { WIDGET_NATS, WidgetBus } from './widget-bus.js';
import { roomOf, type WidgetNamespace, type WidgetSocket } from './widget-socket.js';

/** Who every service is told is asking: the channel, which speaks for its customers. */
export const channelOf = ({ workspaceId, channelId }: Visitor): ChannelActor => ({ kind: 'channel', workspaceId, id: channelId });

/** Lets visitors in to what happens in their conversations. One feed per workspace, whatever the number of visitors. */
@Injectable()
export class VisitorEvents implements OnModuleInit {
  private readonly pool = new FeedPool<VisitorFeed>(visitorFeeds);
  private readonly arrivals = new Arrivals();
  private namespace: WidgetNamespace;
  private jetStream?: Promise<JetStream>;

  constructor(
    @Inject(WIDGET_NATS) private readonly nats: NatsConnection,
    private readonly bus: WidgetBus,
    private readonly tokens: VisitorTokens,
  ) {}

  onModuleInit(): void {
    void this.pool.reopenAfterReconnects(this.nats);
  }

  attach(namespace: WidgetNamespace): void {
    this.namespace = namespace;
  }

  /** Emits `ready`, and from then on every entry after the `seq` of the conversation in it. */
  async admit(socket: WidgetSocket): Promise<void> {
    const { visitor } = socket.data;
    const { workspaceId, channelId, externalId } = visitor;
    const room = roomOf(visitor);
    socket.data.hold = this.pool.hold(workspaceId, () => this.openFeed(workspaceId));
    await socket.data.hold.feed;
    // Listens before it asks, so that nothing falls in between.
    const missed = this.arrivals.begin(room);
    try {
      const caller = { actor: channelOf(visitor), correlationId: newId() };
      const { conversation, voice } = await this.bus.request(getActiveConversation, { channelId, externalId }, caller);
      const visitorToken = await this.tokens.sign(visitor);
      if (!socket.connected) return;
      socket.emit('ready', { visitorToken, voice: voice && visitor.takesVoice, ...(conversation && { conversation }) });
      for (const entry of missed) socket.emit('entry', entry);
      void socket.join(room);
    } finally {
      this.arrivals.end(room, missed);
    }
  }

  leave(socket: WidgetSocket): void {
    socket.data.hold?.release();
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private async openFeed(workspaceId: string): Promise<VisitorFeed> {
    if (!this.bus.isConnected) throw new AppError('UNAVAILABLE', 'Live events cannot be had now. Try again.');
    this.jetStream ??= jetStreamOf(this.nats);
    return VisitorFeed.open(await this.jetStream, workspaceId, { happened: (event) => this.happened(event), lost: () => this.lost(workspaceId) });
  }

  private happened(event: PublicConversationEvent): void {
    const room = roomOf(event);
    const entry = publicEntryOf(event);
    this.arrivals.happened(room, entry);
    if (!this.namespace.adapter.rooms.has(room)) return;
    this.namespace.to(room).emit('entry', entry);
    widgetEvents.inc();
  }

  /** They come again by themselves, and read in their history what was lost. */
  private lost(workspaceId: string): void {
    for (const socket of this.namespace.sockets.values()) {
      if (socket.data.visitor.workspaceId === workspaceId) socket.conn.close();
    }
  }
}
