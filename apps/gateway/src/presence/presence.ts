import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { forgetGateway, maxReported, renewGateway, reportPresence } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import type { Identity } from '../auth/access-tokens.js';
import { GatewayConfig } from '../config.js';
import { Throttle } from '../socket/throttle.js';
import { PresenceReport } from './presence-report.js';

/** After something failed; and how long activity may wait for more of it. */
const pauseMs = 1_000;

/** The part of the time for an answer that `ready` waits for routing to know of the socket; a routing that takes longer is told all the same. */
const patiencePart = 0.2;

/** And that a stopping replica takes for its goodbye: who does not hear it finds out by itself. */
const goodbyePart = 0.4;

const caller = (): ReturnType<typeof systemCaller> => systemCaller('gateway');

/**
 * Tells routing who is connected here, and does something. One report is under way at a time and the next takes all that
 * came meanwhile, so that thousands who reconnect at once are some dozens of requests.
 */
@Injectable()
export class GatewayPresence implements OnApplicationBootstrap {
  private readonly logger = new Logger(GatewayPresence.name);
  private readonly report = new PresenceReport();
  private readonly activity: Throttle;
  private readonly renewMs: number;
  /** Null while routing does not know this replica. */
  private gatewayId: string | null = null;
  private seq = 0;
  private flushing: Promise<void> | null = null;
  private renewal?: NodeJS.Timeout;
  private later?: NodeJS.Timeout;
  private closed = false;

  constructor(
    private readonly bus: MessageBus,
    private readonly config: GatewayConfig,
  ) {
    this.renewMs = config.PRESENCE_RENEW_SECONDS * 1_000;
    this.activity = new Throttle(config.PRESENCE_ACTIVITY_SECONDS * 1_000);
  }

  onApplicationBootstrap(): void {
    void this.keepAlive();
  }

  /** Resolves when routing knows, or when it is not worth waiting for. Never rejects. */
  async connected(agent: Identity): Promise<void> {
    this.activity.admit(agent.agentId);
    if (!this.report.connected(agent)) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patiencePart * this.config.REQUEST_TIMEOUT_MS)));
    await Promise.race([this.flush(), patience]);
    clearTimeout(timer);
  }

  disconnected(agent: Identity): void {
    if (this.report.disconnected(agent)) void this.flush();
  }

  /** They did something; said once in a while, with others. */
  active(agent: Identity): void {
    if (!this.activity.admit(agent.agentId)) return;
    this.report.active(agent);
    this.flushLater();
  }

  /** All connections of this replica have ended. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.renewal);
    clearTimeout(this.later);
    const { gatewayId } = this;
    if (gatewayId === null) return;
    await this.bus.request(forgetGateway, { gatewayId }, caller(), goodbyePart * this.config.REQUEST_TIMEOUT_MS).catch((error: unknown) => this.logger.warn(`left without a goodbye: ${String(error)}`));
  }

  /** What is still unsaid is said; what fails stays unsaid, and is tried again. */
  private async flush(): Promise<void> {
    // Whoever comes while a report is under way is in the next one.
    const before = this.flushing;
    const mine = (async () => {
      await before;
      await this.flushNow();
    })();
    this.flushing = mine;
    await mine;
    if (this.flushing === mine) this.flushing = null;
  }

  private async flushNow(): Promise<void> {
    while (!this.report.isEmpty && !this.closed) {
      const agents = this.report.take(maxReported);
      try {
        const gatewayId = await this.known();
        await this.bus.request(reportPresence, { gatewayId, seq: ++this.seq, agents }, caller());
      } catch (error) {
        this.logger.debug(`presence was not reported, and will be: ${String(error)}`);
        this.report.putBack(agents);
        this.flushLater();
        return;
      }
    }
  }

  private flushLater(): void {
    if (this.closed) return;
    this.later ??= setTimeout(() => {
      this.later = undefined;
      void this.flush();
    }, pauseMs).unref();
  }

  /** The id that routing knows this replica by. */
  private async known(): Promise<string> {
    if (this.gatewayId !== null) return this.gatewayId;
    const gatewayId = newId();
    await this.bus.request(renewGateway, { gatewayId, begins: true }, caller());
    return (this.gatewayId ??= gatewayId);
  }

  /** A replica that was given up begins again under another id, with all that is connected to it. */
  private async keepAlive(): Promise<void> {
    let pause = this.renewMs;
    try {
      const gatewayId = await this.known();
      const { known } = await this.bus.request(renewGateway, { gatewayId, begins: false }, caller());
      if (!known) {
        this.logger.warn('routing had given this replica up; it says again who is connected');
        this.gatewayId = null;
        this.report.startAnew();
        void this.flush();
      }
    } catch (error) {
      this.logger.debug(`was not renewed, and will be: ${String(error)}`);
      pause = Math.min(pause, pauseMs);
    }
    if (!this.closed) this.renewal = setTimeout(() => void this.keepAlive(), pause).unref();
  }
}
