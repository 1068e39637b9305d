import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { ConsumerMessages, JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { readEventSubject, streamOf } from '@relevo/contracts';
import { type DurableConsumer, ensureConsumer } from './consumer.js';
import { identityOf } from './dead-letter.js';
import { Delivery, type Workshop } from './delivery.js';
import { oneLine } from './failure.js';
import { Lanes } from './lanes.js';
import { originalSubject } from './replay-subject.js';
import { heldPerPlace } from './settings.js';
import { Slots } from './slots.js';

/** A pull waits this long for its events; then it is repeated. */
const pullMs = 10_000;

/** Silence of two such heartbeats means that the pull is lost, or the consumer deleted. */
const heartbeatMs = 2_000;

const retryMs = 250;

/** An event that only a newer version of the service handles goes back for this long. */
const notOursMs = 2_000;

/**
 * Ends a pull after the events that are already on their way. The client's own `stop()` drops those, and NATS would keep
 * them for all of `ackWaitMs` before anybody else has them; it has no gentler end, so this one reaches for its subscription.
 */
function endGently(pull: ConsumerMessages & { readonly sub?: Subscription }): void {
  if (pull.sub) pull.sub.drain().catch(() => pull.stop());
  else pull.stop();
}

/** Takes events for one replica, as many as it can hold, until it is closed; survives whatever happens to NATS. */
export class Intake {
  private readonly logger = new Logger('DurableEvents');
  private readonly deliveries = new Map<string, Delivery>();
  private readonly lanes = new Lanes();
  private pull?: ConsumerMessages;
  private loop: Promise<void> = Promise.resolve();
  private heartbeat?: NodeJS.Timeout;
  private readonly slots: Slots;
  private readonly closed: Promise<unknown>;
  private roomMade: () => void = () => undefined;
  private reconnected: Promise<void> = Promise.resolve();

  constructor(
    private readonly nats: NatsConnection,
    private readonly consumer: DurableConsumer,
    private readonly manager: JetStreamManager,
    private readonly client: JetStreamClient,
    private readonly workshop: Workshop,
  ) {
    this.slots = new Slots(consumer.settings.concurrency, () => this.roomMade());
    this.closed = once(workshop.closing, 'abort');
  }

  /** Events in this replica's hands. */
  get held(): number {
    return this.deliveries.size;
  }

  start(): void {
    const { ackWaitMs } = this.consumer.settings;
    this.heartbeat = setInterval(() => {
      if (this.nats.isClosed()) return;
      for (const delivery of this.deliveries.values()) delivery.stillHeld();
    }, ackWaitMs / 3);
    void this.watch();
    this.loop = this.run();
  }

  async close(): Promise<void> {
    if (this.pull) endGently(this.pull);
    this.roomMade();
    for (const delivery of this.deliveries.values()) delivery.giveBack();
    const running = this.loop.then(() => this.lanes.idle());
    await Promise.race([running, pause(this.consumer.settings.drainMs, undefined, { ref: false })]);
    clearInterval(this.heartbeat);
  }

  /** A pull does not outlive its connection: it ends at once, and the next one waits for the new connection. */
  private async watch(): Promise<void> {
    let back: () => void = () => undefined;
    for await (const { type } of this.nats.status()) {
      if (type === 'disconnect') {
        this.reconnected = new Promise((resolve) => (back = resolve));
        this.pull?.stop();
      } else if (type === 'reconnect') back();
    }
    back();
  }

  private async run(): Promise<void> {
    const { closing, durable } = this.workshop;
    for (let broken = false; !closing.aborted; ) {
      try {
        if (broken) await ensureConsumer(this.manager, this.consumer, false);
        await this.takeUntilBroken();
      } catch (error) {
        broken = true;
        if (closing.aborted) return;
        this.logger.warn({ durable, reason: oneLine(error) }, 'takes no events for now');
        await pause(retryMs, undefined, { signal: closing }).catch(() => undefined);
      }
    }
  }

  private async takeUntilBroken(): Promise<void> {
    const { closing, durable } = this.workshop;
    const events = await this.client.consumers.get(streamOf[this.consumer.visibility], durable);
    for (;;) {
      const [max_messages] = await Promise.all([this.room(), Promise.race([this.reconnected, this.closed])]);
      if (closing.aborted) return;
      this.pull = await events.fetch({ max_messages, expires: pullMs, idle_heartbeat: heartbeatMs });
      for await (const message of this.pull) this.take(message);
    }
  }

  /** Resolves with how many events to ask for, once few enough wait here for a place: another replica may have one free. */
  private async room(): Promise<number> {
    const { concurrency } = this.consumer.settings;
    for (;;) {
      const free = concurrency * heldPerPlace - this.deliveries.size;
      if (this.workshop.closing.aborted) return 0;
      if (free > 0 && this.slots.waiting <= concurrency / 2) return Math.min(free, concurrency);
      await new Promise<void>((resolve) => (this.roomMade = resolve));
    }
  }

  private take(message: JsMsg): void {
    const { closing, durable, handles } = this.workshop;
    if (closing.aborted) return message.nak();
    const id = identityOf(message);
    const held = this.deliveries.get(id);
    if (held) return held.renew(message);
    const address = readEventSubject(originalSubject(durable, this.consumer.visibility, message.subject));
    if (!address) return message.term('not an event');
    if (!handles(address)) return message.nak(notOursMs);
    const delivery = new Delivery(this.workshop, this.slots, address, message);
    this.deliveries.set(id, delivery);
    this.lanes.add(`${address.owner}.${address.workspaceId}.${address.aggregateId}`, async () => {
      await delivery.settle().catch((error: unknown) => this.logger.error({ durable, err: error }, 'an event was left to NATS'));
      this.deliveries.delete(id);
      this.roomMade();
    });
  }
}
