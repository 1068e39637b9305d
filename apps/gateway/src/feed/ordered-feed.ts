import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { FilteredStream } from './filtered-stream.js';
import type { Position } from './position.js';

/** Who reads a feed. All are called in the stream's order, one at a time. */
export interface FeedReader {
  /** Nothing up to this place will be told: at the opening, and again whenever messages were lost. */
  begins(position: Position): void;
  /** What it throws is logged, and keeps nothing back. */
  tell(message: JsMsg): void;
  /** The feed goes on, but what was between the last message and its new beginning cannot be had any more. */
  lost(): void;
}

const retryMs = 500;

/** A silent consumer is taken for lost after two of these. */
const heartbeatMs = 5_000;

/** What a client hears of a consumer that will deliver no more, or has left something out (`reset`). */
const troubles: ReadonlySet<string> = new Set(['consumer_deleted', 'consumer_not_found', 'stream_not_found', 'heartbeats_missed', 'reset']);

/**
 * The messages of some subjects, in order and without a gap, from the moment it is opened. An ordered consumer notices
 * what was left out; whatever goes wrong, another one is made after the last message told. So a broken connection costs
 * nothing; only a stream that lost its own messages does, and that is said.
 */
export class OrderedFeed {
  private readonly logger = new Logger(OrderedFeed.name);
  private readonly stopping = new AbortController();
  private consumer?: Consumer;
  private messages?: ConsumerMessages;
  /** Whether the stream turned out not to be the one that `position` is of. */
  private broken = false;
  private place: Position;

  constructor(
    private readonly stream: Pick<FilteredStream, 'bounds' | 'consumerAfter'>,
    private readonly reader: FeedReader,
    /** For the log: whose messages these are. */
    private readonly ids: Readonly<Record<string, string>>,
  ) {}

  /** Resolves when every message after `position` will be told. */
  async open(): Promise<void> {
    this.beginAt(await this.end());
    await this.consume();
    void this.run();
  }

  /** Of the last message told, or after it when there was none since. */
  get position(): Position {
    return this.place;
  }

  /** There is nothing to tell from here to this place. */
  skipTo(seq: number): void {
    if (seq > this.place.seq) this.place = { epoch: this.place.epoch, seq };
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
    this.place = position;
    this.reader.begins(position);
  }

  private async consume(): Promise<void> {
    this.consumer = await this.stream.consumerAfter(this.place.seq);
    this.messages = await this.consumer.consume({ max_messages: 500, idle_heartbeat: heartbeatMs });
    void this.watch(this.messages);
    if (this.stopping.signal.aborted) await this.close();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        for await (const message of this.messages ?? []) this.take(message);
      } catch (error) {
        this.logger.warn({ ...this.ids, reason: String(error) }, 'the feed broke');
      }
      await this.goOn();
    }
  }

  private take(message: JsMsg): void {
    // Numbers that go back belong to a stream that lost what was after them.
    if (message.seq <= this.place.seq) {
      this.breakOff();
      return;
    }
    this.place = { epoch: this.place.epoch, seq: message.seq };
    try {
      this.reader.tell(message);
    } catch (error) {
      // One message that cannot be told must not stop those behind it.
      this.logger.error({ ...this.ids, subject: message.subject, err: error }, 'a message was not told');
    }
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
    return epoch === this.place.epoch && seq >= this.place.seq;
  }

  /** Opens again where it stopped, or says that this cannot be done and opens at the end. Tries until closed. */
  private async goOn(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const end = await this.end();
        this.broken ||= !this.continuesAt(end);
        if (this.broken) this.beginAt(end);
        await this.consume();
        if (this.broken) this.reader.lost();
        this.broken = false;
        return;
      } catch (error) {
        this.logger.warn({ ...this.ids, reason: String(error) }, 'the feed cannot be opened again yet');
        await delay(retryMs, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
      }
    }
  }
}
