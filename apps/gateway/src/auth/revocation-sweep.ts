import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock, isDatabaseUnavailable } from '@relevo/platform';
import { LRUCache } from 'lru-cache';
import { Revocations } from './revocations.js';
import { Sessions } from './sessions.js';

/** With the time of a look, well inside the 5 s in which a session that ended is cut. */
const everyMs = 2_000;

/** Looked at twice and more, because clocks differ by a round trip and writes take their time. */
const overlapMs = 10_000;

/**
 * Finds the sessions that ended and of which this replica was not told: a message over core NATS may be lost, and a
 * replica may be gone before it sends it. What it costs follows from how many end, not from how many are connected.
 */
@Injectable()
export class RevocationSweep implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RevocationSweep.name);
  private readonly told = new LRUCache<string, true>({ max: 100_000 });
  private timer?: NodeJS.Timeout;
  private sweeping: Promise<void> | null = null;
  private upTo: Date;

  constructor(
    private readonly sessions: Sessions,
    private readonly revocations: Revocations,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.upTo = this.clock.now();
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => (this.sweeping = null));
    }, everyMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** From where the last one that succeeded began: an outage of the database is caught up with. */
  private async sweep(): Promise<void> {
    const began = this.clock.now();
    try {
      for (const sessionId of await this.sessions.endedSince(new Date(this.upTo.getTime() - overlapMs))) {
        if (this.told.has(sessionId)) continue;
        this.told.set(sessionId, true);
        this.revocations.hear(sessionId);
      }
      this.upTo = began;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) this.logger.error({ err: error }, 'ended sessions were not looked for; it goes on');
    }
  }
}
