import type { Consumer, JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { type AgentEvent, eventSubject, routingEvents, streamOf, streamSubjects } from '@relevo/contracts';
import { streamReads } from '../metrics.js';
import type { InternalEvent } from './audience.js';
import { epochOf } from './position.js';
import type { RecentEvent, RecentLimits } from './recent-events.js';
import { type Sight, sightOf } from './rooms.js';

/** The connection's ways to JetStream. */
export interface Stream {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
}

/** What the stream has: the sequences of its first and last message. */
export interface StreamBounds {
  readonly epoch: string;
  readonly first: number;
  readonly last: number;
}

/** The server drops a consumer that nobody deleted, after its last use. */
const inactiveMs = 60_000;
const fetchMs = 10_000;

/** The internal stream, as far as one workspace is concerned. */
export class WorkspaceStream {
  constructor(
    private readonly stream: Stream,
    private readonly workspaceId: string,
  ) {}

  async bounds(): Promise<StreamBounds> {
    const { created, state } = await this.stream.manager.streams.info(streamOf.internal);
    return { epoch: epochOf(created), first: state.first_seq, last: state.last_seq };
  }

  /** From a sequence rather than "new": a consumer that is made anew before its first message must not begin at 1. */
  consumerAfter(seq: number): Promise<Consumer> {
    return this.stream.client.consumers.get(streamOf.internal, {
      filter_subjects: streamSubjects('internal', this.workspaceId),
      opt_start_seq: seq + 1,
      inactive_threshold: inactiveMs,
    });
  }

  /** How many events the stream has after this place. */
  async countAfter(seq: number): Promise<number> {
    const consumer = await this.consumerAfter(seq);
    const { num_pending } = await consumer.info(true);
    await consumer.delete();
    return num_pending;
  }

  /**
   * The events after `after`, up to `until`; null when there are more than the limits allow, counting those behind
   * `until` too. By a consumer, because the stream's leader serves it: a copy asked directly may be a little behind.
   */
  async eventsBetween(after: number, until: number, limits: RecentLimits): Promise<RecentEvent[] | null> {
    streamReads.inc();
    const consumer = await this.consumerAfter(after);
    try {
      const { num_pending } = await consumer.info(true);
      if (num_pending > limits.events) return null;
      return num_pending === 0 ? [] : await take(consumer, num_pending, until, limits.bytes);
    } finally {
      await consumer.delete();
    }
  }

  /** The agent's teams and role as they were last told up to this place; null where the stream no longer knows. */
  async sightAt(agentId: string, seq: number): Promise<Sight | null> {
    // The stream has no sequence 0, and takes it for "no bound".
    if (seq === 0) return null;
    const found = await this.stream.manager.direct.getLastMessagesFor(streamOf.internal, {
      multi_last: [eventSubject(routingEvents, { workspaceId: this.workspaceId, aggregateId: agentId })],
      up_to_seq: seq,
    });
    // One for each fact.
    let last: { seq: number; sight: Sight } | null = null;
    for await (const message of found) {
      const event = message.json<AgentEvent>();
      if (event.noun === 'agent' && message.seq > (last?.seq ?? 0)) last = { seq: message.seq, sight: sightOf(event.agent) };
    }
    return last?.sight ?? null;
  }
}

async function take(consumer: Consumer, count: number, until: number, maxBytes: number): Promise<RecentEvent[] | null> {
  const taken: RecentEvent[] = [];
  let bytes = 0;
  const messages = await consumer.fetch({ max_messages: count, expires: fetchMs });
  for await (const message of messages) {
    if (message.seq > until) return taken;
    bytes += message.data.length;
    if (bytes > maxBytes) return null;
    const event = parsed(message);
    if (event) taken.push({ seq: message.seq, event, bytes: message.data.length });
    if (message.seq === until || message.info.pending === 0) return taken;
  }
  throw new Error('the stream did not give what it has');
}

/** One that cannot be read was told to nobody, and is missed by nobody. */
function parsed(message: { json<T>(): T }): InternalEvent | null {
  try {
    return message.json<InternalEvent>();
  } catch {
    return null;
  }
}
