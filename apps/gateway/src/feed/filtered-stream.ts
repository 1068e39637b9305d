import { type Consumer, jetstream, type JetStreamClient, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { epochOf } from './position.js';

/** The connection's ways to JetStream. */
export interface JetStream {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
}

export async function jetStreamOf(nats: NatsConnection): Promise<JetStream> {
  return { client: jetstream(nats), manager: await jetstreamManager(nats, { checkAPI: false }) };
}

/** What the stream has: the sequences of its first and last message. */
export interface StreamBounds {
  readonly epoch: string;
  readonly first: number;
  readonly last: number;
}

/** The server drops a consumer that nobody deleted, after its last use. */
const inactiveMs = 60_000;

/** A stream, as far as some of its subjects are concerned. */
export class FilteredStream {
  constructor(
    protected readonly jetStream: JetStream,
    protected readonly name: string,
    private readonly subjects: string | string[],
  ) {}

  /** Of the whole stream. */
  async bounds(): Promise<StreamBounds> {
    const { created, state } = await this.jetStream.manager.streams.info(this.name);
    return { epoch: epochOf(created), first: state.first_seq, last: state.last_seq };
  }

  /** From a sequence rather than "new": a consumer that is made anew before its first message must not begin at 1. */
  consumerAfter(seq: number): Promise<Consumer> {
    return this.jetStream.client.consumers.get(this.name, {
      filter_subjects: this.subjects,
      opt_start_seq: seq + 1,
      inactive_threshold: inactiveMs,
    });
  }

  /** How many messages the stream has after this place. */
  async countAfter(seq: number): Promise<number> {
    const consumer = await this.consumerAfter(seq);
    const { num_pending } = await consumer.info(true);
    await consumer.delete();
    return num_pending;
  }
}
