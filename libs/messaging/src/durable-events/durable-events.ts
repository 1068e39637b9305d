import { setMaxListeners } from 'node:events';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type EventAddress, eventSubject, type Owner, streamOf, type Visibility } from '@relevo/contracts';
import type { ServiceConfig } from '@relevo/platform';
import { isObservable, lastValueFrom } from 'rxjs';
import { connectionOptions } from '../connection.js';
import { type DurableConsumer, ensureConsumer } from './consumer.js';
import { bury } from './dead-letter.js';
import { ErrorLedger } from './error-ledger.js';
import { isOutOfReach } from './failure.js';
import { type EventContext, eventTransport } from './handles-event.js';
import { Intake } from './intake.js';
import { originalSubject } from './replay-subject.js';
import { streamsThere } from '../streams.js';
import { defaultSettings, type EventSettings } from './settings.js';

export interface DurableEventsOptions extends Partial<EventSettings> {
  readonly service: string;
  readonly config: ServiceConfig;
  readonly visibility: Visibility;
}

export interface EventsHealth {
  /** Events nobody took yet. */
  readonly pending: number;
  /** Events that some replica holds. */
  readonly ackPending: number;
  /** Events that this replica holds. */
  readonly inFlight: number;
}

/** How long the last acknowledgements get to leave at the end. */
const farewellMs = 1_000;

/**
 * Events from one stream to the methods marked with `@HandlesEvent`: at least once, whatever dies. One durable pull
 * consumer `<service>-<visibility>`, shared by all replicas of the service.
 */
export class DurableEvents extends Server implements CustomTransportStrategy {
  override readonly transportId: symbol;
  /** Nest hands errors to us instead of logging and dropping them. */
  override readonly propagatesEventHandlerErrors = true;
  readonly durable: string;
  private readonly handlers = new Map<string, MessageHandler[]>();
  private readonly closing = new AbortController();
  private nats?: NatsConnection;
  private intake?: Intake;

  constructor(private readonly options: DurableEventsOptions) {
    super();
    this.transportId = eventTransport[options.visibility];
    this.durable = `${options.service}-${options.visibility}`;
    // Every event that waits for its next try listens to it.
    setMaxListeners(0, this.closing.signal);
  }

  /** Nest's own chain of handlers of one pattern stops at the first that fails; each of ours gets its chance. */
  override addHandler(pattern: string, callback: MessageHandler, isEventHandler = false): void {
    if (!isEventHandler) return;
    this.handlers.set(pattern, [...(this.handlers.get(pattern) ?? []), callback]);
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await this.start();
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Stops taking events, lets running handlers finish, and hands everything else back. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.intake?.close();
    if (!this.nats || this.nats.isClosed()) return;
    const { nats } = this;
    await Promise.race([nats.drain().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, farewellMs).unref())]);
    await nats.close();
  }

  async health(): Promise<EventsHealth> {
    if (!this.nats || !this.intake) throw new Error('not started');
    const manager = await jetstreamManager(this.nats, { checkAPI: false });
    const { num_pending, num_ack_pending } = await manager.consumers.info(streamOf[this.options.visibility], this.durable);
    return { pending: num_pending, ackPending: num_ack_pending, inFlight: this.intake.held };
  }

  on(): void {
    throw new Error('has no events of its own');
  }

  unwrap<T>(): T {
    return this.nats as T;
  }

  private async start(): Promise<void> {
    const { service, config, visibility, ...overrides } = this.options;
    if (this.handlers.size === 0) throw new Error(`${service} handles no ${visibility} events`);
    const settings: EventSettings = { ...defaultSettings, ...overrides };
    const options = connectionOptions(service, config);
    const nats = (this.nats = await connect({ ...options, name: `${options.name}:${visibility}-events` }));
    await streamsThere(nats);
    const manager = await jetstreamManager(nats, { checkAPI: false });
    const client = jetstream(nats);
    const { durable } = this;
    const consumer: DurableConsumer = { durable, visibility, subjects: [...this.handlers.keys()], settings };
    await ensureConsumer(manager, consumer, true);
    this.intake = new Intake(nats, consumer, manager, client, {
      durable,
      settings,
      ledger: new ErrorLedger(client, manager, durable),
      closing: this.closing.signal,
      handles: (address) => this.handlersOf(address).length > 0,
      handle: (address, payload, context) => this.handle(this.handlersOf(address), payload, context),
      bury: (message, error) => bury(client, durable, message, originalSubject(durable, visibility, message.subject), error),
    });
    this.intake.start();
  }

  private handlersOf({ owner, fact }: EventAddress): readonly MessageHandler[] {
    const { visibility } = this.options;
    return this.handlers.get(eventSubject({ owner: owner as Owner, visibility }, { fact })) ?? [];
  }

  private async handle(handlers: readonly MessageHandler[], payload: object, context: EventContext): Promise<void> {
    const results = await Promise.allSettled(handlers.map((handler) => finished(handler, payload, context)));
    // What is out of reach excuses the whole try: the own error of another handler comes again with the next one.
    const errors = results.filter((result) => result.status === 'rejected').map(({ reason }): unknown => reason);
    if (errors.length > 0) throw errors.find(isOutOfReach) ?? errors[0];
  }
}

/** Nest answers with a promise of whatever it has, an observable included. */
async function finished(handler: MessageHandler, payload: object, context: EventContext): Promise<void> {
  const result: unknown = await handler(payload, context);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}

/** What `app.connectMicroservice` takes to bring a service the events it handles. */
export const durableEvents = (options: DurableEventsOptions): { strategy: DurableEvents } => ({ strategy: new DurableEvents(options) });
