import { Controller } from '@nestjs/common';
import { type PresenceReported, ReportPresence, reportPresence } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Presences } from './presences.js';
import { StatusNews } from './status-news.js';

@Controller()
export class ReportPresenceHandler {
  constructor(
    private readonly presences: Presences,
    private readonly news: StatusNews,
  ) {}

  @Handles(reportPresence)
  async handle(report: ReportPresence): Promise<PresenceReported> {
    if (report.agents.length === 0) return {};
    await this.presences.report(report);
    await this.news.ofChanged(report.agents.map(({ agentId }) => agentId));
    return {};
  }
}
