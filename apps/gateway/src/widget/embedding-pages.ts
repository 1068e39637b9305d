import { Injectable, Logger } from '@nestjs/common';
import { checkOrigin, type CheckedOrigin, isWebOrigin } from '@relevo/contracts';
import { systemCaller } from '@relevo/messaging';
import { RecentReads } from '../auth/recent-reads.js';
import { WidgetBus } from './widget-bus.js';

/** As long as a change of a channel may take to reach every replica. */
const maxAgeMs = 5_000;

/** Pages of other origins that may embed the widget of some channel. Of which one, is asked when the visitor is let in. */
@Injectable()
export class EmbeddingPages {
  private readonly logger = new Logger(EmbeddingPages.name);
  private readonly recent = new RecentReads<CheckedOrigin>(maxAgeMs, 10_000);

  constructor(private readonly bus: WidgetBus) {}

  /** While that cannot be asked: none. */
  async mayEmbed(origin: string | undefined): Promise<boolean> {
    if (origin === undefined || !isWebOrigin(origin)) return false;
    try {
      return (await this.recent.get(origin, () => this.bus.request(checkOrigin, { origin }, systemCaller('gateway')))).allowed;
    } catch (error) {
      this.logger.warn({ reason: String(error) }, 'the origin of a page could not be checked');
      return false;
    }
  }
}
