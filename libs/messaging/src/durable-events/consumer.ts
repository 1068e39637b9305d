import { AckPolicy, type ConsumerConfig, DeliverPolicy, JetStreamApiCodes, JetStreamApiError, type JetStreamManager, ReplayPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { streamOf, type Visibility } from '@relevo/contracts';
import { replaySubjects } from './replay-subject.js';
import { type EventSettings, maxAckPending } from './settings.js';

/** The durable consumer of one service on one stream, shared by all its replicas. */
export interface DurableConsumer {
  readonly durable: string;
  readonly visibility: Visibility;
  /** Exactly what is handled. */
  readonly subjects: readonly string[];
  readonly settings: EventSettings;
}

const changeable = ({ durable, visibility, subjects, settings }: DurableConsumer) =>
  ({
    ack_wait: nanos(settings.ackWaitMs),
    // Tries are counted by us: NATS counts deliveries, which say nothing about errors.
    max_deliver: -1,
    max_ack_pending: maxAckPending,
    filter_subjects: [...subjects, replaySubjects(durable, visibility)],
  }) satisfies Partial<ConsumerConfig>;

async function exists(manager: JetStreamManager, { durable, visibility }: DurableConsumer): Promise<boolean> {
  try {
    await manager.consumers.info(streamOf[visibility], durable);
    return true;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.ConsumerNotFound) return false;
    throw error;
  }
}

/**
 * Makes the consumer where it is missing, in a stream that is there; `update` also brings an existing one to these settings.
 * A replica does that at its start only: one of an older version that merely reconnects must not narrow what newer ones
 * asked for. A consumer made anew begins with the oldest event that is kept: twice is harmless, never is not.
 */
export async function ensureConsumer(manager: JetStreamManager, consumer: DurableConsumer, update: boolean): Promise<void> {
  const stream = streamOf[consumer.visibility];
  if (!(await exists(manager, consumer))) {
    await manager.consumers.add(stream, {
      ...changeable(consumer),
      durable_name: consumer.durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      replay_policy: ReplayPolicy.Instant,
    });
  } else if (update) {
    await manager.consumers.update(stream, consumer.durable, changeable(consumer));
  }
}
