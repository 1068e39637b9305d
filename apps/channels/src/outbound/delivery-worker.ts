import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AppError, recordDelivery } from '@relevo/contracts';
import { MessageBus } from '@relevo/messaging';
import { Clock, isDatabaseUnavailable, newId, Reach } from '@relevo/platform';
import { Counter } from 'prom-client';
import { Channels } from '../channels/channels.js';
import { ChannelsConfig } from '../config.js';
import { Deliveries } from './deliveries.js';
import { afterPost, afterRecord, type Delivery, outcomeOf, type Posted, type RetryPolicy } from './delivery.js';
import { postCallback } from './post-callback.js';
import { VoicePreparation } from './voice-preparation.js';

const posts = new Counter({ name: 'relevo_channel_posts_total', help: 'Messages posted to callbacks, by outcome.', labelNames: ['outcome'] });

/** The conversation may be told later; anything else it answers is final. */
const passing: readonly string[] = ['UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL'];

/**
 * Posts what is due and tells conversations what came of it. Every replica takes from the same collection; a lease
 * keeps one delivery with one of them, and ends by itself when that one dies.
 */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryWorker.name);
  private readonly lanes = new Set<Promise<void>>();
  /** Deliveries in the lanes, by channel. */
  private readonly inHand = new Map<string, number>();
  private taking: Promise<unknown> = Promise.resolve();
  private readonly policy: RetryPolicy;
  private readonly reach: Reach;
  private timer?: NodeJS.Timeout;
  private stopping = false;

  constructor(
    private readonly config: ChannelsConfig,
    private readonly deliveries: Deliveries,
    private readonly channels: Channels,
    private readonly voices: VoicePreparation,
    private readonly clock: Clock,
    private readonly bus: MessageBus,
  ) {
    this.reach = new Reach(config.CALLBACK_HOSTS);
    this.policy = { firstRetryMs: config.DELIVERY_RETRY_MS, giveUpAfterMs: config.DELIVERY_GIVE_UP_MS };
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), this.config.DELIVERY_POLL_MS);
  }

  /** Posts in flight end by their own timeout; what is due stays for whoever is left. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await Promise.all(this.lanes);
  }

  /** Something may be due: one more lane takes it, unless all are busy and will find it themselves. */
  wake(): void {
    if (this.stopping || this.lanes.size >= this.config.DELIVERY_CONCURRENCY) return;
    const lane: Promise<void> = this.deliverWhatIsDue().finally(() => this.lanes.delete(lane));
    this.lanes.add(lane);
  }

  private async deliverWhatIsDue(): Promise<void> {
    try {
      let delivery: Delivery | null;
      while ((delivery = await this.take()) !== null) {
        try {
          await this.advance(delivery);
        } finally {
          this.holds(delivery.channelId, -1);
        }
      }
    } catch (error) {
      if (isDatabaseUnavailable(error)) this.logger.debug(`waits for the database: ${String(error)}`);
      else this.logger.error({ err: error }, 'deliveries failed; they go on when they are due again');
    }
  }

  /** One lane at a time: together they would all get the same channel's, before any of it counts as in hand. */
  private take(): Promise<Delivery | null> {
    const taken = this.taking.then(async () => {
      const delivery = this.stopping ? null : await this.deliveries.lease(this.busyChannels());
      if (delivery) this.holds(delivery.channelId, +1);
      return delivery;
    });
    this.taking = taken.catch(() => undefined);
    return taken;
  }

  private busyChannels(): string[] {
    return [...this.inHand].filter(([, count]) => count >= this.config.DELIVERY_CHANNEL_CONCURRENCY).map(([channelId]) => channelId);
  }

  private holds(channelId: string, change: 1 | -1): void {
    const count = (this.inHand.get(channelId) ?? 0) + change;
    if (count > 0) this.inHand.set(channelId, count);
    else this.inHand.delete(channelId);
  }

  private async advance(delivery: Delivery): Promise<void> {
    const posted = delivery.status === 'pending' ? await this.post(delivery) : delivery;
    if (posted) await this.record(posted);
  }

  private async post(delivery: Delivery): Promise<Delivery | null> {
    const posted = await this.tryPost(delivery);
    const { error } = posted;
    posts.inc({ outcome: error === null ? 'ok' : 'error' });
    if (error !== null) this.logger.warn({ delivery: delivery._id, channelId: delivery.channelId, reason: error }, 'not delivered');
    return this.deliveries.progress(delivery, afterPost(delivery, posted, this.clock.now(), this.policy, Math.random()));
  }

  private async tryPost({ _id: id, channelId, body }: Delivery): Promise<Posted> {
    const channel = await this.channels.find(channelId);
    if (!channel?.callbackUrl || body === null) return { error: 'the channel has no callback' };
    try {
      const prepared = await this.voices.prepare(channelId, channel, body);
      return await postCallback({ url: channel.callbackUrl, secret: channel.secret, id, body: prepared, reach: this.reach, timeoutMs: this.config.CALLBACK_TIMEOUT_MS });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { error: `voice not prepared: ${error.code}` };
    }
  }

  /** Told twice after a crash, the conversation keeps the first. */
  private async record(delivery: Delivery): Promise<void> {
    const { workspaceId, channelId, conversationId, seq } = delivery;
    const status = outcomeOf(delivery);
    if (status === null) return;
    const caller = { actor: { kind: 'channel', workspaceId, id: channelId } as const, correlationId: newId() };
    let refusal: string | null = null;
    try {
      await this.bus.request(recordDelivery, { conversationId, ofSeq: seq, status }, caller);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (passing.includes(error.code)) {
        await this.deliveries.progress(delivery, { ...delivery, nextAt: new Date(this.clock.now().getTime() + this.config.DELIVERY_RECORD_RETRY_MS) });
        return;
      }
      refusal = `not recorded: ${error.code}`;
      this.logger.error({ delivery: delivery._id, reason: error.code }, 'the conversation does not take the outcome of a delivery');
    }
    await this.deliveries.progress(delivery, afterRecord(delivery, status, refusal, this.clock.now()));
  }
}
