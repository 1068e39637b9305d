import { Inject, Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { type EventContract, eventSubject } from '@relevo/contracts';
import { defaultRequestTimeoutMs } from '@relevo/platform';
import { NATS_CONNECTION, REQUEST_TIMEOUT_MS } from './message-bus.js';
import { streamsThere } from './streams.js';

/** One event on its way: what it is about, and its place in the order of its aggregate. */
export interface OutgoingEvent<Payload extends object = object> {
  readonly contract: EventContract<Payload>;
  readonly workspaceId: string;
  readonly aggregateId: string;
  readonly seq: number;
  /** What happened, as the subject's last word. */
  readonly fact: string;
  readonly payload: Payload;
}

/** Checks the payload against its contract where it is made. */
export const outgoing = <Payload extends object>(event: OutgoingEvent<Payload>): OutgoingEvent => event;

/** The part of the time for an answer that the stream has to take an event; what it has not is published again by the relay. */
const publishPart = 0.6;

@Injectable()
export class EventPublisher implements OnModuleInit {
  private readonly client: JetStreamClient;

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    @Optional() @Inject(REQUEST_TIMEOUT_MS) private readonly requestTimeoutMs: number = defaultRequestTimeoutMs,
  ) {
    this.client = jetstream(nats);
  }

  async onModuleInit(): Promise<void> {
    await streamsThere(this.nats);
  }

  /**
   * Resolves once the stream holds the event. Publishing it again within the de-duplication window changes nothing:
   * its message id is `<aggregateId>:<seq>:<visibility>`.
   */
  async publish({ contract, workspaceId, aggregateId, seq, fact, payload }: OutgoingEvent): Promise<void> {
    await this.client.publish(eventSubject(contract, { workspaceId, aggregateId, fact }), JSON.stringify(payload), {
      msgID: `${aggregateId}:${seq}:${contract.visibility}`,
      timeout: publishPart * this.requestTimeoutMs,
      retries: 0,
    });
  }
}
