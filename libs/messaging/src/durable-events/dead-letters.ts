import { Inject, Injectable } from '@nestjs/common';
import { type JetStreamManager, jetstream, jetstreamManager, type StoredMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { notFound, streamOf } from '@relevo/contracts';
import { NATS_CONNECTION } from '../message-bus.js';
import { deadLetterStream, deadLetterSubject } from '../streams.js';
import { deadLetterHeader } from './dead-letter.js';
import { toReplaySubject } from './replay-subject.js';

/** An event that a durable gave up. */
export interface DeadLetter {
  /** Its place among the dead letters; what `replay` takes. */
  readonly seq: number;
  readonly durable: string;
  /** The event's own subject, and its place in its stream. */
  readonly subject: string;
  readonly streamSeq: number;
  readonly error: string;
  /** ISO 8601. */
  readonly at: string;
}

function read({ seq, header, time }: StoredMsg): DeadLetter {
  return {
    seq,
    durable: header.get(deadLetterHeader.durable),
    subject: header.get(deadLetterHeader.subject),
    streamSeq: Number(header.get(deadLetterHeader.streamSeq)),
    error: header.get(deadLetterHeader.error),
    at: time.toISOString(),
  };
}

/** What an operator does about events that were given up. Any service can answer for all durables. */
@Injectable()
export class DeadLetters {
  constructor(@Inject(NATS_CONNECTION) private readonly nats: NatsConnection) {}

  async count(durable = '>'): Promise<number> {
    const { streams } = await this.manager();
    const { state } = await streams.info(deadLetterStream, { subjects_filter: deadLetterSubject(durable) });
    return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
  }

  /** Oldest first. */
  async list(limit = 100): Promise<DeadLetter[]> {
    const { direct } = await this.manager();
    const letters: DeadLetter[] = [];
    for (let seq = 1; letters.length < limit; ) {
      const message = await direct.getMessage(deadLetterStream, { seq, next_by_subj: deadLetterSubject('>') });
      if (!message) break;
      letters.push(read(message));
      seq = message.seq + 1;
    }
    return letters;
  }

  /**
   * Gives the event to its durable once more, and to nobody else; then it is no dead letter any more, until it fails
   * again. A crash in between leaves it listed, and a second replay within ten minutes adds nothing.
   */
  async replay(seq: number): Promise<DeadLetter> {
    const manager = await this.manager();
    const message = await manager.direct.getMessage(deadLetterStream, { seq });
    if (!message) throw notFound('dead letter');
    const letter = read(message);
    const visibility = message.header.get(deadLetterHeader.stream) === streamOf.public ? 'public' : 'internal';
    await jetstream(this.nats).publish(toReplaySubject(letter.durable, visibility, letter.subject), message.data, {
      msgID: `replay:${seq}:${letter.at}`,
    });
    await manager.streams.deleteMessage(deadLetterStream, seq);
    return letter;
  }

  private manager(): Promise<JetStreamManager> {
    return jetstreamManager(this.nats, { checkAPI: false });
  }
}
