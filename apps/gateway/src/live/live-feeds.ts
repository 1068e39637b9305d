import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { AppError } from '@relevo/contracts';
import { MessageBus, NATS_CONNECTION } from '@relevo/messaging';
import { GatewayConfig } from '../config.js';
import { workspaceFeeds } from '../metrics.js';
import type { Stream } from './stream-reads.js';
import { type FeedListener, WorkspaceFeed } from './workspace-feed.js';

/** A reload of the last agent's page should not cost a consumer. */
const lingerMs = 10_000;

/** One socket's hold on its workspace's feed. */
export interface Hold {
  readonly feed: Promise<WorkspaceFeed>;
  release(): void;
}

interface OpenFeed {
  readonly feed: Promise<WorkspaceFeed>;
  holds: number;
  linger?: NodeJS.Timeout;
}

/** One feed per workspace that has agents connected here; what it costs does not depend on how many. */
@Injectable()
export class LiveFeeds implements OnModuleInit {
  private readonly open = new Map<string, OpenFeed>();
  private stream?: Promise<Stream>;

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    private readonly bus: MessageBus,
    private readonly config: GatewayConfig,
  ) {}

  onModuleInit(): void {
    void this.watch();
  }

  hold(workspaceId: string, listener: FeedListener): Hold {
    const entry = this.open.get(workspaceId) ?? this.start(workspaceId, listener);
    clearTimeout(entry.linger);
    entry.holds++;
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      if (--entry.holds > 0) return;
      entry.linger = setTimeout(() => void this.stop(workspaceId, entry), lingerMs).unref();
    };
    return { feed: entry.feed, release };
  }

  async close(): Promise<void> {
    await Promise.all([...this.open].map(([workspaceId, entry]) => this.stop(workspaceId, entry)));
  }

  private start(workspaceId: string, listener: FeedListener): OpenFeed {
    const entry: OpenFeed = { feed: this.openFeed(workspaceId, listener), holds: 0 };
    this.open.set(workspaceId, entry);
    workspaceFeeds.inc();
    // Whoever comes next tries again.
    entry.feed.catch(() => this.forget(workspaceId, entry));
    return entry;
  }

  private async openFeed(workspaceId: string, listener: FeedListener): Promise<WorkspaceFeed> {
    if (!this.bus.isConnected) throw new AppError('UNAVAILABLE', 'Live events cannot be had now. Try again.');
    this.stream ??= this.connect();
    const { RECENT_EVENTS, RECENT_BYTES, RESUME_MAX_EVENTS } = this.config;
    const limits = { recent: { events: RECENT_EVENTS, bytes: RECENT_BYTES }, maxMissed: RESUME_MAX_EVENTS };
    return WorkspaceFeed.open(await this.stream, workspaceId, listener, limits);
  }

  private async watch(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type !== 'reconnect') continue;
      for (const { feed } of this.open.values()) void feed.then((opened) => opened.reopen()).catch(() => undefined);
    }
  }

  private async connect(): Promise<Stream> {
    return { client: jetstream(this.nats), manager: await jetstreamManager(this.nats, { checkAPI: false }) };
  }

  private async stop(workspaceId: string, entry: OpenFeed): Promise<void> {
    clearTimeout(entry.linger);
    this.forget(workspaceId, entry);
    const feed = await entry.feed.catch(() => undefined);
    await feed?.close();
  }

  private forget(workspaceId: string, entry: OpenFeed): void {
    if (this.open.get(workspaceId) !== entry) return;
    this.open.delete(workspaceId);
    workspaceFeeds.dec();
  }
}
