import { randomBytes } from 'node:crypto';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { startStack, type Stack } from '@relevo/local-stack';
import { connectionOptions, ensureStreams, EventPublisher, type OutgoingEvent } from '@relevo/messaging';
import { Clock, databaseOptions, ServiceConfig } from '@relevo/platform';
import { patience } from '@relevo/testing';
import mongoose, { type Connection } from 'mongoose';
import { CounterJournal } from './counter.js';

export class TestClock extends Clock {
  offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
}

/** A replica of a service that owns counters: its own connections, clock and cache. */
export interface Replica {
  connection: Connection;
  journal: CounterJournal;
  clock: TestClock;
  publisher: EventPublisher;
}

/** Publishes nothing, as a process that died right after its commit. */
export class DeadPublisher {
  publish(_event: OutgoingEvent): Promise<void> {
    return Promise.reject(new Error('dead'));
  }
}

export class Replicas {
  private readonly opened: { connection: Connection; nats: NatsConnection; journal: CounterJournal }[] = [];

  private constructor(
    readonly stack: Stack,
    private readonly dbName: string,
  ) {}

  static async start(): Promise<Replicas> {
    // Failures are planted here; what the mechanism says of them is not the test's.
    Logger.overrideLogger(false);
    return new Replicas(await startStack({ ephemeral: true, natsSilenceSeconds: 20 }), `journal_${randomBytes(4).toString('hex')}`);
  }

  /** `outageMs`: how long its database may be silent. */
  async another({ publishes = true, outageMs = patience.OUTAGE_MS } = {}): Promise<Replica> {
    const config = Object.assign(new ServiceConfig(), { NATS_URL: this.stack.nats.url, OUTAGE_MS: outageMs });
    const connection = await mongoose
      .createConnection(this.stack.database.url, { ...databaseOptions('journal', config), dbName: this.dbName })
      .asPromise();
    const nats = await connect(connectionOptions('counters', config));
    await ensureStreams(nats);
    const publisher = new EventPublisher(nats, patience.REQUEST_TIMEOUT_MS);
    await publisher.onModuleInit();
    const clock = new TestClock();
    const journal = new CounterJournal(connection, clock, publishes ? publisher : (new DeadPublisher() as unknown as EventPublisher));
    await journal.onModuleInit();
    this.opened.push({ connection, nats, journal });
    return { connection, journal, clock, publisher };
  }

  /** Payloads the stream holds for an aggregate, in its order. */
  async published(aggregateId: string): Promise<{ seq: number; total: number }[]> {
    const nats = this.opened[0]?.nats;
    if (!nats) throw new Error('no replica yet');
    const manager = await jetstreamManager(nats);
    const { state } = await manager.streams.info('INTERNAL', { subjects_filter: `evt.*.*.internal.${aggregateId}.>` });
    if (Object.keys(state.subjects ?? {}).length === 0) return [];
    const found: { seq: number; total: number }[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage('INTERNAL', { seq });
      if (message?.subject.split('.')[4] === aggregateId) found.push(message.json());
    }
    return found;
  }

  async stop(): Promise<void> {
    for (const { journal, connection, nats } of this.opened) {
      await journal.onApplicationShutdown();
      await connection.close();
      await nats.close();
    }
    await this.stack.stop();
  }
}
