import type { JetStreamClient, JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { Counter } from 'prom-client';
import { deadLetterSubject } from '../streams.js';
import { oneLine } from './failure.js';

/** Headers of a dead letter; its body is the event's, byte for byte. */
export const deadLetterHeader = {
  durable: 'relevo-dead-durable',
  stream: 'relevo-dead-stream',
  /** The event's first subject, replayed or not. */
  subject: 'relevo-dead-subject',
  streamSeq: 'relevo-dead-stream-seq',
  error: 'relevo-dead-error',
} as const;

const buried = new Counter({
  name: 'relevo_dead_letters_total',
  help: 'Events given up because their handler failed too often, by durable.',
  labelNames: ['durable'],
});

/** Names a message even if its stream is lost and counts from 1 again. */
export const identityOf = ({ seq, info }: JsMsg): string => `${seq}-${info.timestampNanos}`;

/** Resolves once the event is among the dead letters; a repeat within the de-duplication window adds nothing. */
export async function bury(client: JetStreamClient, durable: string, message: JsMsg, subject: string, error: unknown): Promise<void> {
  const about = headers();
  about.set(deadLetterHeader.durable, durable);
  about.set(deadLetterHeader.stream, message.info.stream);
  about.set(deadLetterHeader.subject, subject);
  about.set(deadLetterHeader.streamSeq, String(message.seq));
  about.set(deadLetterHeader.error, oneLine(error));
  const { duplicate } = await client.publish(deadLetterSubject(durable), message.data, {
    headers: about,
    msgID: `${durable}:${identityOf(message)}`,
  });
  if (!duplicate) buried.inc({ durable });
}
