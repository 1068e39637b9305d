import type { Consumer } from '@nats-io/jetstream';
import { type AgentEvent, eventSubject, routingEvents, streamOf, streamSubjects } from '@relevo/contracts';
import { FilteredStream, type JetStream } from '../feed/filtered-stream.js';
import { streamReads } from '../metrics.js';
import type { InternalEvent } from './audience.js';
import type { RecentEvent, RecentLimits } from './recent-events.js';
import type { RecentMemory } from './recent-memory.js';
import { type Sight, sightOf } from './rooms.js';

const fetchMs = 10_000;

/** The internal stream, as far as one workspace is concerned. */
export class WorkspaceStream extends FilteredStream {
  constructor(
    jetStream: JetStream,
    private readonly workspaceId: string,
    private readonly memory: RecentMemory,
  ) {
    super(jetStream, streamOf.internal, streamSubjects('internal', workspaceId));
  }

  /**
   * The events after `after`, up to `until`; null when there are more than the limits allow, counting those behind
   * `until` too. By a consumer, because the stream's leader serves it: a copy asked directly may be a little behind.
   */
  eventsBetween(after: number, until: number, limits: RecentLimits): Promise<RecentEvent[] | null> {
    return this.memory.read(() => this.read(after, until, limits));
  }

  /** The agent's teams and role as they were last told up to this place; null where the stream no longer knows. */
  async sightAt(agentId: string, seq: number): Promise<Sight | null> {
    // The stream has no sequence 0, and takes it for "no bound".
    if (seq === 0) return null;
    const found = await this.jetStream.manager.direct.getLastMessagesFor(this.name, {
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

  private async read(after: number, until: number, limits: RecentLimits): Promise<RecentEvent[] | null> {
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
