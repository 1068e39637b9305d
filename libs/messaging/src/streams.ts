import { setTimeout as pause } from 'node:timers/promises';
import { DiscardPolicy, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { streamOf, streamSubjects, type Visibility } from '@relevo/contracts';

const day = 24 * 60 * 60 * 1000;

/** Poisoned events wait here until an operator looks: `dead.<durable>`. */
export const deadLetterStream = 'DEAD';
export const deadLetterSubject = (durable: string): string => `dead.${durable}`;

/** Own errors of events that came more than once, one number each: `errors.<durable>.<event>`. */
export const errorLedgerStream = 'ERRORS';
export const errorLedgerSubject = (durable: string, event: string): string => `errors.${durable}.${event}`;

const allStreams: readonly string[] = [...Object.values(streamOf), deadLetterStream, errorLedgerStream];

const lookAgainMs = 500;
/** Whoever makes streams has the time: a store that is still recovering takes long. */
const answerWithinMs = 60_000;

/** Waits until the operator has made the streams, for as long as it takes: a service has no right to make any. */
export async function streamsThere(nats: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(nats, { checkAPI: false });
  while (!nats.isClosed()) {
    // Without JetStream, or while it cannot be reached, there is none of them.
    const names = await manager.streams.names().next().catch((): string[] => []);
    if (allStreams.every((name) => names.includes(name))) return;
    await pause(lookAgainMs);
  }
}

/**
 * Makes the streams, or brings them to these settings; the operator's to do (`npm run relevo -- streams`). The truth is in
 * the database: a stream is a week of it on its way, and may be purged or lost without losing a fact. Answers their names.
 */
export async function ensureStreams(nats: NatsConnection): Promise<readonly string[]> {
  const manager = await jetstreamManager(nats, { checkAPI: false, timeout: answerWithinMs });
  const wanted = [
    ...(['internal', 'public'] as const satisfies readonly Visibility[]).map((visibility) => ({
      name: streamOf[visibility],
      subjects: [streamSubjects(visibility)],
      max_age: nanos(7 * day),
    })),
    { name: deadLetterStream, subjects: ['dead.>'], max_age: nanos(30 * day) },
    { name: errorLedgerStream, subjects: ['errors.>'], max_age: nanos(7 * day), max_msgs_per_subject: 1 },
  ];
  const existing = new Set<string>();
  for await (const { config } of manager.streams.list()) existing.add(config.name);
  for (const { name, ...settings } of wanted) {
    const config = {
      ...settings,
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      duplicate_window: nanos(10 * 60 * 1000),
      allow_direct: true,
    };
    if (existing.has(name)) await manager.streams.update(name, config);
    else await manager.streams.add({ name, ...config });
  }
  return allStreams;
}
