import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock, isDatabaseUnavailable } from '@relevo/platform';
import { Gateways } from './gateways.js';
import { Presences } from './presences.js';
import { Standings } from './standings.js';
import { StatusNews } from './status-news.js';

const everyMs = 500;
const batch = 100;

/**
 * What happens to presence by the mere passing of time: gateways fall silent, agents idle, news becomes due. It costs what
 * changes, not what there is. Several replicas may do the same at once; what is told is told once all the same.
 */
@Injectable()
export class PresenceSweep implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(PresenceSweep.name);
  private timer?: NodeJS.Timeout;
  private sweeping: Promise<void> | null = null;

  constructor(
    private readonly gateways: Gateways,
    private readonly presences: Presences,
    private readonly standings: Standings,
    private readonly news: StatusNews,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => (this.sweeping = null));
    }, everyMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Takes all connections of a gateway off their agents. It counts no more from when it is given up; this is for what is told. */
  private async clear(gatewayId: string): Promise<void> {
    for (;;) {
      const agentIds = await this.presences.disconnect(gatewayId, batch);
      if (agentIds.length === 0) break;
      await this.news.ofChanged(agentIds);
    }
    await this.gateways.clear(gatewayId);
  }

  private async sweep(): Promise<void> {
    try {
      await this.gateways.giveUpSilent(new Date(this.clock.now().getTime() - this.standings.limits.silentMs));
      for (const gatewayId of await this.gateways.givenUp()) await this.clear(gatewayId);
      for (const agentId of await this.presences.due(batch)) await this.news.of(agentId);
    } catch (error) {
      if (!isDatabaseUnavailable(error)) this.logger.error({ err: error }, 'presence was not looked after; it goes on');
    }
  }
}
