import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit, Optional } from '@nestjs/common';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { rateLimited } from '@relevo/contracts';
import { defaultRequestTimeoutMs, newId, Pulse } from '@relevo/platform';
import { MessageBus, NATS_CONNECTION, REQUEST_TIMEOUT_MS } from '../message-bus.js';
import { Buckets, type Rate } from './buckets.js';
import { ownerOf } from './owner.js';

/** Name of the service whose replicas share the limits. */
export const LIMITED_SERVICE = Symbol('LIMITED_SERVICE');

const beatEveryMs = 1_000;

/** Three beats: whoever was not heard for so long owns nothing any more. */
const silentMs = 3_500;

/** The part of the time for an answer after which an owner is taken for gone until its next beat, and the asker decides by itself. */
const askPart = 0.2;

interface Asked extends Rate {
  readonly key: string;
}

/**
 * Limits over all replicas of a service, without a database. Each key's bucket is in the memory of one replica, which
 * follows from who is there; the others ask it. An owner that cannot be asked refuses nobody: the asker decides from a
 * bucket of its own. So each change of who is there, and each owner that does not answer, may let through one more burst,
 * and replicas that cannot hear each other allow the rate each. One replica alone asks nobody.
 */
@Injectable()
export class RateLimits implements OnModuleInit, BeforeApplicationShutdown {
  private readonly id = newId();
  private readonly prefix: string;
  private readonly buckets = new Buckets();
  /** The other replicas, and when each was heard last. */
  private readonly others = new Map<string, number>();
  private readonly pulse = new Pulse(beatEveryMs);
  private timer?: NodeJS.Timeout;
  private meeting?: Subscription;

  constructor(
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
    private readonly bus: MessageBus,
    @Inject(LIMITED_SERVICE) service: string,
    @Optional() @Inject(REQUEST_TIMEOUT_MS) private readonly requestTimeoutMs: number = defaultRequestTimeoutMs,
  ) {
    this.prefix = `live.${service}.limits`;
  }

  onModuleInit(): void {
    this.meeting = this.hear(`${this.prefix}.here`, (message) => this.meet(message.string()));
    this.hear(`${this.prefix}.gone`, (message) => void this.others.delete(message.string()));
    this.hear(`${this.prefix}.take.${this.id}`, (message) => this.answer(message));
    this.beat();
    this.timer = setInterval(() => this.beat(), beatEveryMs).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
    // Else it would greet whoever comes now, and be taken for one who stays.
    this.meeting?.unsubscribe();
    this.tell('gone');
  }

  /** How many replicas share the keys now, as this one knows. */
  get replicas(): number {
    return this.others.size + 1;
  }

  /** Takes one of the key's tokens, or throws `RATE_LIMITED`. Never fails otherwise, whatever is down. */
  async take(key: string, rate: Rate, message: string): Promise<void> {
    const owner = this.others.size === 0 || !this.bus.isConnected ? this.id : ownerOf(key, [this.id, ...this.others.keys()]);
    const retryAfterMs = owner === undefined || owner === this.id ? this.own(key, rate) : await this.ask(owner, { key, ...rate });
    if (retryAfterMs > 0) throw rateLimited(message, retryAfterMs);
  }

  private own(key: string, rate: Rate): number {
    // Counts only the time that passes here: no clock is shared.
    return this.buckets.take(key, rate, performance.now());
  }

  private async ask(owner: string, asked: Asked): Promise<number> {
    try {
      const answer = await this.nats.request(`${this.prefix}.take.${owner}`, JSON.stringify(asked), { timeout: askPart * this.requestTimeoutMs });
      return answer.json<number>();
    } catch {
      this.others.delete(owner);
      return this.own(asked.key, asked);
    }
  }

  private answer(message: Msg): void {
    const { key, ...rate } = message.json<Asked>();
    message.respond(JSON.stringify(this.own(key, rate)));
  }

  private meet(id: string): void {
    if (id === this.id) return;
    const isNew = !this.others.has(id);
    this.others.set(id, performance.now());
    // So that it knows of this one before the next beat.
    if (isNew) this.tell('here');
  }

  private beat(): void {
    const silentSince = performance.now() - silentMs;
    if (!this.pulse.wasHeldUp()) for (const [id, heard] of this.others) if (heard < silentSince) this.others.delete(id);
    this.tell('here');
  }

  private tell(what: 'here' | 'gone'): void {
    if (this.bus.isConnected) this.nats.publish(`${this.prefix}.${what}`, this.id);
  }

  private hear(subject: string, callback: (message: Msg) => void): Subscription {
    return this.nats.subscribe(subject, {
      callback: (error, message) => {
        if (!error) callback(message);
      },
    });
  }
}
