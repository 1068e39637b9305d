import { Logger } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import { LRUCache } from 'lru-cache';
import type { JetStream } from '../feed/filtered-stream.js';
import { type FeedReader, OrderedFeed } from '../feed/ordered-feed.js';
import { cursorOf, type Position } from '../feed/position.js';
import type { InternalEvent } from './audience.js';
import { Backfill, type Filled } from './backfill.js';
import type { RecentEvents, RecentLimits } from './recent-events.js';
import type { RecentMemory } from './recent-memory.js';
import type { ResyncReason } from './resume.js';
import { type Sight } from './rooms.js';
import { WorkspaceStream } from './workspace-stream.js';

/** Whom a feed tells. Both are called in the stream's order, one at a time. */
export interface FeedListener {
  happened(event: InternalEvent, cursor: string): void;
  /** Events between the last one and the next cannot be had any more. */
  lost(): void;
}

export interface FeedLimits {
  /** Kept to be replayed. */
  readonly recent: RecentLimits;
  /** Of the replica. */
  readonly memory: RecentMemory;
  /** That a socket which resumes may have missed. */
  readonly maxMissed: number;
}

/** The internal events of one workspace, as `OrderedFeed` reads them; those just told are kept, to be replayed. */
export class WorkspaceFeed implements Filled {
  private readonly logger = new Logger(WorkspaceFeed.name);
  private readonly agentChanges = new Map<string, number>();
  private readonly lastSeqs = new LRUCache<string, number>({ max: 10_000 });
  private readonly feed: OrderedFeed;
  recent: RecentEvents;
  private backfill: Backfill;
  private nextNews = Promise.withResolvers<void>();
  private losses = -1;
  lostBefore = 0;

  private constructor(
    private readonly stream: WorkspaceStream,
    private readonly workspaceId: string,
    private readonly listener: FeedListener,
    private readonly limits: FeedLimits,
  ) {
    const reader: FeedReader = {
      begins: (position) => this.beginAt(position),
      tell: (message) => this.tell(message),
      lost: () => {
        this.listener.lost();
        this.announce();
      },
    };
    this.feed = new OrderedFeed(stream, reader, { workspaceId });
  }

  /** Resolves when every event after `cursor` will be told. */
  static async open(jetStream: JetStream, workspaceId: string, listener: FeedListener, limits: FeedLimits): Promise<WorkspaceFeed> {
    const opened = new WorkspaceFeed(new WorkspaceStream(jetStream, workspaceId, limits.memory), workspaceId, listener, limits);
    await opened.feed.open();
    return opened;
  }

  get position(): Position {
    return this.feed.position;
  }

  /** After the last event told. */
  get cursor(): string {
    return cursorOf(this.position);
  }

  /** Resolves when all events after this place are among the recent ones, or with the reason why they cannot be. */
  reach(seq: number): Promise<ResyncReason | null> {
    return this.backfill.reach(seq);
  }

  /** Null where that is not known. */
  sightAt(agentId: string, seq: number): Promise<Sight | null> {
    return this.stream.sightAt(agentId, seq).catch((error: unknown) => {
      this.logger.warn({ workspaceId: this.workspaceId, agentId, reason: String(error) }, 'what an agent saw before could not be read');
      return null;
    });
  }

  skipTo(seq: number): void {
    this.feed.skipTo(seq);
  }

  news(): Promise<void> {
    return this.nextNews.promise;
  }

  /** How many changes of this agent were told, or may have been lost: whether what was read of them meanwhile may be old. */
  changesOf(agentId: string): number {
    return (this.agentChanges.get(agentId) ?? 0) + this.losses;
  }

  reopen(): void {
    this.feed.reopen();
  }

  close(): Promise<void> {
    this.limits.memory.forget(this.recent);
    return this.feed.close();
  }

  private beginAt(position: Position): void {
    if (this.losses >= 0) this.limits.memory.forget(this.recent);
    this.recent = this.limits.memory.keep(this.limits.recent, position.seq);
    this.backfill = new Backfill(this.stream, this, { events: this.limits.maxMissed, bytes: this.limits.recent.bytes });
    // The first beginning is no loss.
    if (++this.losses > 0) this.lostBefore = position.seq;
  }

  private tell(message: JsMsg): void {
    try {
      const event = message.json<InternalEvent>();
      if (this.isRepeat(event)) return;
      this.recent.push({ seq: message.seq, event, bytes: message.data.length });
      if (event.noun === 'agent') this.agentChanges.set(event.agent.id, (this.agentChanges.get(event.agent.id) ?? 0) + 1);
      this.listener.happened(event, this.cursor);
    } finally {
      this.announce();
    }
  }

  /**
   * What is published again after the stream's de-duplication window carries an old view: told once more it would set
   * clients back. Entries of a conversation come in the order of their seq.
   */
  private isRepeat(event: InternalEvent): boolean {
    if (event.noun !== 'conversation') return false;
    const { conversationId, seq } = event.entry;
    if (seq <= (this.lastSeqs.get(conversationId) ?? 0)) return true;
    this.lastSeqs.set(conversationId, seq);
    return false;
  }

  private announce(): void {
    this.nextNews.resolve();
    this.nextNews = Promise.withResolvers();
  }
}
