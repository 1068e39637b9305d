import { Logger } from '@nestjs/common';
import type { EventPublisher } from '@relevo/messaging';
import { type Clock, isDatabaseUnavailable } from '@relevo/platform';
import { LRUCache } from 'lru-cache';
import type { Aggregate, AggregateState, JournalEntry } from './aggregate.js';
import type { JournalStore } from './journal-store.js';
import { KeyedQueue } from './keyed-queue.js';

/** An entry with the state it changed and the one it made. */
export interface Step<State, Entry> {
  before: State | null;
  after: State;
  entry: Entry;
}

/** How often the relay looks for entries left behind, and how old they must be for it to take them. */
const relayEveryMs = 1_000;
const relayAfterMs = 1_000;
const relayBatch = 500;

/**
 * Entries published within this time are marked in one statement, which would else be a third one for each entry. Far less
 * than the relay's patience, so that it takes none of them for left behind.
 */
const markEveryMs = 50;

/**
 * Publishes each aggregate's entries in seq order, off the caller's path. Whatever a crash or an outage left behind, the
 * relay of any replica publishes; the streams drop what they already have.
 */
export class Outbox<State extends AggregateState, Entry extends JournalEntry> {
  private readonly logger: Logger;
  private readonly queue = new KeyedQueue();
  /** Committed here, not yet published. */
  private readonly waiting = new Map<string, Step<State, Entry>[]>();
  /** Highest seq that this replica saw published, per aggregate. */
  private readonly publishedUpTo = new LRUCache<string, number>({ max: 20_000 });
  private marked: string[] = [];
  private marking: Promise<void> | null = null;
  private timer?: NodeJS.Timeout;
  private relaying: Promise<void> | null = null;
  private stopping = false;

  constructor(
    private readonly aggregate: Aggregate<State, Entry, never>,
    private readonly store: JournalStore<State, Entry>,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
    private readonly rebuildSteps: (aggregateId: string) => Promise<Step<State, Entry>[]>,
  ) {
    this.logger = new Logger(`${aggregate.noun} outbox`);
  }

  start(): void {
    // One at a time: during an outage each takes as long as a publication may, and a queue of them would outlast it.
    this.timer = setInterval(() => {
      this.relaying ??= this.relay().finally(() => (this.relaying = null));
    }, relayEveryMs);
    this.timer.unref();
  }

  /** Publishes what is waiting, then stops. What cannot be published now is left to the relay of whoever runs next. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.relaying;
    await this.queue.idle();
    await this.marking;
  }

  /** Takes what was just committed; returns at once. */
  add(step: Step<State, Entry>): void {
    const id = step.entry.aggregateId;
    const steps = this.waiting.get(id);
    if (steps) steps.push(step);
    else this.waiting.set(id, [step]);
    void this.flush(id);
  }

  /** Publishes what nobody else did; also for tests and after an outage. */
  async relay(): Promise<void> {
    try {
      const olderThan = new Date(this.clock.now().getTime() - relayAfterMs);
      const ids = await this.store.unpublishedAggregates(olderThan, relayBatch);
      await Promise.all(ids.map((id) => this.flush(id, true)));
    } catch (error) {
      if (!isDatabaseUnavailable(error)) this.logger.error({ err: error }, 'the relay failed; it goes on');
    }
  }

  private flush(id: string, leftBehind = false): Promise<void> {
    return this.queue.run(id, async () => {
      const steps = this.waiting.get(id) ?? [];
      this.waiting.delete(id);
      // A stopping replica publishes its own; what was left behind is for those who stay.
      if (steps.length === 0 && (!leftBehind || this.stopping)) return;
      try {
        const inOrder = leftBehind || (await this.isBehind(id, steps)) ? await this.unpublishedSteps(id) : steps;
        for (const step of inOrder) await this.publish(step);
      } catch (error) {
        // The relay takes it from here; the entries stay unpublished in the journal.
        this.publishedUpTo.delete(id);
        this.logger.warn({ aggregateId: id, reason: String(error) }, 'not published yet');
      }
    });
  }

  /** Whether something of another replica's must be published before these, or between them. */
  private async isBehind(id: string, steps: readonly Step<State, Entry>[]): Promise<boolean> {
    const [first] = steps;
    if (!first) return true;
    const { seq } = first.entry;
    if (steps.some(({ entry }, index) => entry.seq !== seq + index)) return true;
    if (seq === (this.publishedUpTo.get(id) ?? 0) + 1) return false;
    // Whoever published the one before published all before it first. The history, which may be long, is read only if not.
    return !(await this.store.isPublished(id, seq - 1));
  }

  private async unpublishedSteps(id: string): Promise<Step<State, Entry>[]> {
    const steps = await this.rebuildSteps(id);
    return steps.filter(({ entry }) => !entry.published);
  }

  private async publish(step: Step<State, Entry>): Promise<void> {
    const { entry } = step;
    // Together: the order that is promised is that of entries, and one that is only partly published is published again.
    await Promise.all(this.aggregate.toEvents(step.before, step.after, entry).map((event) => this.publisher.publish(event)));
    this.publishedUpTo.set(entry.aggregateId, entry.seq);
    this.marked.push(entry._id);
    this.marking ??= this.markSoon();
  }

  private async markSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, markEveryMs));
    const ids = this.marked;
    this.marked = [];
    this.marking = null;
    try {
      await this.store.markPublished(ids);
    } catch (error) {
      // Left unmarked they are published once more, which changes nothing.
      this.logger.warn({ entries: ids.length, reason: String(error) }, 'not marked as published');
    }
  }
}
