import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { InternalEvent } from './audience.js';
import { Backfill, type Filled } from './backfill.js';
import { cursorOf, type Position } from './position.js';
import { RecentEvents, type RecentLimits } from './recent-events.js';
import type { ResyncReason } from './resume.js';
import { type Sight } from './rooms.js';
import { type Stream, WorkspaceStream } from './stream-reads.js';

/** Whom a feed tells. Both are called in the stream's order, one at a time. */
export interface FeedListener {
  happened(event: InternalEvent, cursor: string): void;
  /** Events between the last one and the next cannot be had any more. */
  lost(): void;
}

export interface FeedLimits {
  /** Kept to be replayed. */
  readonly recent: RecentLimits;
  /** That a socket which resumes may have missed. */
  readonly maxMissed: number;
}

const retryMs = 500;

/** A silent consumer is taken for lost after two of these. */
const heartbeatMs = 5_000;

/** What a client hears of a consumer that will deliver no more, or has left something out (`reset`). */
const troubles: ReadonlySet<string> = new Set(['consumer_deleted', 'consumer_not_found', 'stream_not_found', 'heartbeats_missed', 'reset']);

/**
 * The internal events of one workspace, in order and without a gap, from the moment it is opened. An ordered consumer
 * notices what was left out; whatever goes wrong, another one is made after the last event told. So a broken connection
 * costs nothing; only a stream that lost its own messages does, and that is said.
 */
export class WorkspaceFeed implements Filled {
  private readonly logger = new Logger(WorkspaceFeed.name);
  private readonly agentChanges = new Map<string, number>();
  private readonly lastSeqs = new LRUCache<string, number>({ max: 10_000 });
  private readonly stopping = new AbortController();
  private consumer?: Consumer;
  private messages?: ConsumerMessages;
  /** Whether the stream turned out not to be the one that `position` is of. */
  private broken = false;
  position: Position;
  recent: RecentEvents;
  private backfill: Backfill;
  private nextNews = Promise.withResolvers<void>();
  private losses = 0;
  lostBefore = 0;

  private constructor(
    private readonly stream: WorkspaceStream,
    private readonly workspaceId: string,
    private readonly listener: FeedListener,
    private readonly limits: FeedLimits,
  ) {}

  /** Resolves when every event after `cursor` will be told. */
  static async open(stream: Stream, workspaceId: string, listener: FeedListener, limits: FeedLimits): Promise<WorkspaceFeed> {
    const feed = new WorkspaceFeed(new WorkspaceStream(stream, workspaceId), workspaceId, listener, limits);
    feed.beginAt(await feed.end());
    await feed.consume();
    void feed.run();
    return feed;
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
    if (seq > this.position.seq) this.position = { epoch: this.position.epoch, seq };
  }

  news(): Promise<void> {
    return this.nextNews.promise;
  }

  /** How many changes of this agent were told, or may have been lost: whether what was read of them meanwhile may be old. */
  changesOf(agentId: string): number {
    return (this.agentChanges.get(agentId) ?? 0) + this.losses;
  }

  /**
   * After a reconnection: what the server sent meanwhile went nowhere, and the client's own repair of that may run
   * against its repair of the gap.
   */
  reopen(): void {
    this.messages?.stop();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    this.messages?.stop();
    await this.consumer?.delete().catch(() => undefined);
  }

  private async end(): Promise<Position> {
    const { epoch, last } = await this.stream.bounds();
    return { epoch, seq: last };
  }

  private beginAt(position: Position): void {
    this.position = position;
    this.recent = new RecentEvents(this.limits.recent, position.seq);
    this.backfill = new Backfill(this.stream, this, { events: this.limits.maxMissed, bytes: this.limits.recent.bytes });
  }

  private async consume(): Promise<void> {
    this.consumer = await this.stream.consumerAfter(this.position.seq);
    this.messages = await this.consumer.consume({ max_messages: 500, idle_heartbeat: heartbeatMs });
    void this.watch(this.messages);
    if (this.stopping.signal.aborted) await this.close();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        for await (const message of this.messages ?? []) this.tell(message);
      } catch (error) {
        this.logger.warn({ workspaceId: this.workspaceId, reason: String(error) }, 'the feed broke');
      }
      await this.goOn();
    }
  }

  private tell(message: JsMsg): void {
    // Numbers that go back belong to a stream that lost what was after them.
    if (message.seq <= this.position.seq) {
      this.breakOff();
      return;
    }
    this.position = { epoch: this.position.epoch, seq: message.seq };
    try {
      const event = message.json<InternalEvent>();
      if (this.isRepeat(event)) return;
      this.recent.push({ seq: message.seq, event, bytes: message.data.length });
      if (event.noun === 'agent') this.agentChanges.set(event.agent.id, (this.agentChanges.get(event.agent.id) ?? 0) + 1);
      this.listener.happened(event, this.cursor);
    } catch (error) {
      // One event that cannot be told must not stop those behind it.
      this.logger.error({ workspaceId: this.workspaceId, subject: message.subject, err: error }, 'an event was not told');
    }
    this.announce();
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

  /** What the client would try to mend by itself is mended in one place instead, where the stream is looked at first. */
  private async watch(messages: ConsumerMessages): Promise<void> {
    for await (const { type } of messages.status()) {
      if (troubles.has(type)) messages.stop();
    }
  }

  private breakOff(): void {
    this.broken = true;
    this.messages?.stop();
  }

  private continuesAt({ epoch, seq }: Position): boolean {
    return epoch === this.position.epoch && seq >= this.position.seq;
  }

  /** Opens again where it stopped, or says that this cannot be done and opens at the end. Tries until closed. */
  private async goOn(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const end = await this.end();
        this.broken ||= !this.continuesAt(end);
        if (this.broken) {
          this.beginAt(end);
          this.lostBefore = end.seq;
          this.losses++;
        }
        await this.consume();
        if (this.broken) {
          this.listener.lost();
          this.announce();
        }
        this.broken = false;
        return;
      } catch (error) {
        this.logger.warn({ workspaceId: this.workspaceId, reason: String(error) }, 'the feed cannot be opened again yet');
        await delay(retryMs, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
      }
    }
  }
}
