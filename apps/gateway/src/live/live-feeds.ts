import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { AppError } from '@relevo/contracts';
import { MessageBus, NATS_CONNECTION } from '@relevo/messaging';
import { GatewayConfig } from '../config.js';
import { FeedPool, type Hold } from '../feed/feed-pool.js';
import { type JetStream, jetStreamOf } from '../feed/filtered-stream.js';
import { workspaceFeeds } from '../metrics.js';
import { RecentMemory } from './recent-memory.js';
import { type FeedListener, WorkspaceFeed } from './workspace-feed.js';

/** One feed per workspace that has agents connected here; what it costs does not depend on how many. */
@Injectable()
export class LiveFeeds implements OnModuleInit {
  private readonly pool = new FeedPool<WorkspaceFeed>(workspaceFeeds);
  private readonly memory: RecentMemory;
  private jetStream?: Promise<JetStream>;

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    private readonly bus: MessageBus,
    private readonly config: GatewayConfig,
  ) {
    this.memory = new RecentMemory(config.RECENT_TOTAL_BYTES);
  }

  onModuleInit(): void {
    void this.pool.reopenAfterReconnects(this.nats);
  }

  hold(workspaceId: string, listener: FeedListener): Hold<WorkspaceFeed> {
    return this.pool.hold(workspaceId, () => this.openFeed(workspaceId, listener));
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private async openFeed(workspaceId: string, listener: FeedListener): Promise<WorkspaceFeed> {
    if (!this.bus.isConnected) throw new AppError('UNAVAILABLE', 'Live events cannot be had now. Try again.');
    this.jetStream ??= jetStreamOf(this.nats);
    const { RECENT_EVENTS, RECENT_BYTES, RESUME_MAX_EVENTS } = this.config;
    const limits = { recent: { events: RECENT_EVENTS, bytes: RECENT_BYTES }, memory: this.memory, maxMissed: RESUME_MAX_EVENTS };
    return WorkspaceFeed.open(await this.jetStream, workspaceId, listener, limits);
  }
}
