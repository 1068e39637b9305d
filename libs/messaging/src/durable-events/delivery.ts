import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import type { EventAddress } from '@relevo/contracts';
import { Histogram } from 'prom-client';
import { identityOf } from './dead-letter.js';
import type { ErrorLedger } from './error-ledger.js';
import { isOutOfReach, oneLine, within } from './failure.js';
import type { EventContext } from './handles-event.js';
import type { EventSettings } from './settings.js';
import type { Slots } from './slots.js';

/** What the events of one replica share. */
export interface Workshop {
  readonly durable: string;
  readonly settings: EventSettings;
  readonly ledger: ErrorLedger;
  readonly closing: AbortSignal;
  readonly handles: (address: EventAddress) => boolean;
  readonly handle: (address: EventAddress, payload: object, context: EventContext) => Promise<void>;
  readonly bury: (message: JsMsg, error: unknown) => Promise<void>;
}

type Outcome = 'done' | 'out-of-reach' | 'own-error' | 'dead';

const duration = new Histogram({
  name: 'relevo_event_seconds',
  help: 'Time of one try to handle an event, by durable, fact and outcome.',
  labelNames: ['durable', 'fact', 'outcome'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
});

/** No further try will change anything. */
class Hopeless extends Error {
  override readonly name = 'Hopeless';
}

function parse(message: JsMsg): object {
  let payload: unknown;
  try {
    payload = message.json();
  } catch (error) {
    throw new Hopeless('the payload is not JSON', { cause: error });
  }
  if (typeof payload !== 'object' || payload === null) throw new Hopeless('the payload is not an object');
  return payload;
}

/** One event in this replica's hands: tried until it is handled, dead, or handed back. */
export class Delivery {
  private readonly logger = new Logger('DurableEvents');
  private readonly redelivered: boolean;
  private errors = 0;
  private ledgerRead = false;
  private fatal: unknown;
  private running = false;
  private returned = false;

  constructor(
    private readonly workshop: Workshop,
    private readonly slots: Slots,
    private readonly address: EventAddress,
    private message: JsMsg,
  ) {
    this.redelivered = message.info.redelivered;
  }

  /** NATS handed it out again while it is held here: answered once, by the latest address for answers. */
  renew(message: JsMsg): void {
    this.message = message;
  }

  /** Keeps NATS from giving it to another replica. Each try is bounded, so a handler that hangs is not kept for ever. */
  stillHeld(): void {
    this.message.working();
  }

  /** Hands back what is not being handled right now; another replica may have it at once. */
  giveBack(): void {
    if (this.running || this.returned) return;
    this.returned = true;
    this.message.nak();
  }

  async settle(): Promise<void> {
    const { settings, closing } = this.workshop;
    for (let tries = 0; !closing.aborted && !this.returned; tries++) {
      const outcome = await this.slots.run(() => this.runOnce());
      if (outcome === 'done' || outcome === 'dead') return;
      const pauseMs = settings.backoffMs[tries] ?? settings.backoffMs.at(-1);
      await pause(pauseMs, undefined, { signal: closing }).catch(() => undefined);
    }
    this.giveBack();
  }

  private async runOnce(): Promise<Outcome> {
    // It waited for its place, and may have been handed back meanwhile.
    if (this.returned || this.workshop.closing.aborted) return 'out-of-reach';
    this.running = true;
    const stop = duration.startTimer({ durable: this.workshop.durable, fact: this.address.fact });
    try {
      const outcome = await this.attempt();
      stop({ outcome });
      return outcome;
    } finally {
      this.running = false;
    }
  }

  private async attempt(): Promise<Outcome> {
    const { settings, handle } = this.workshop;
    if (this.fatal !== undefined) return this.bury();
    try {
      const payload = parse(this.message);
      await this.countBefore();
      await within(settings.deadlineMs, handle(this.address, payload, this.context()));
    } catch (error) {
      if (isOutOfReach(error)) return this.wait(error);
      this.errors++;
      this.logger.error({ ...this.ids(), errors: this.errors, err: error }, 'an event was not handled');
      if (this.errors < settings.maxErrors && !(error instanceof Hopeless)) return 'own-error';
      this.fatal = error;
      return this.bury();
    }
    this.message.ack();
    return 'done';
  }

  /** An event that came more than once may have killed its replica: it is counted before it is tried. */
  private async countBefore(): Promise<void> {
    if (!this.redelivered) return;
    const { ledger, settings } = this.workshop;
    const event = identityOf(this.message);
    if (!this.ledgerRead) this.errors = await ledger.read(event);
    this.ledgerRead = true;
    if (this.errors >= settings.maxErrors) throw new Hopeless(`failed ${this.errors} times, or took its process with it`);
    await ledger.write(event, this.errors + 1);
  }

  private async wait(error: unknown): Promise<Outcome> {
    this.logger.warn({ ...this.ids(), reason: oneLine(error) }, 'an event waits for what is out of reach');
    if (this.ledgerRead) await this.workshop.ledger.write(identityOf(this.message), this.errors).catch(() => undefined);
    return 'out-of-reach';
  }

  private async bury(): Promise<Outcome> {
    try {
      await this.workshop.bury(this.message, this.fatal);
    } catch (error) {
      return this.wait(error);
    }
    this.message.term();
    return 'dead';
  }

  private context(): EventContext {
    const { workspaceId, aggregateId, fact } = this.address;
    const { info, seq } = this.message;
    return { workspaceId, aggregateId, fact, streamSeq: seq, deliveryCount: info.deliveryCount };
  }

  private ids(): object {
    return { durable: this.workshop.durable, ...this.context() };
  }
}
