import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { type AgentStatusNotice, agentStatusSubject } from '@relevo/contracts';
import { NATS_CONNECTION } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { Loads } from '../load/loads.js';
import { Gateways } from './gateways.js';
import { newsOf } from './presence.js';
import { Presences } from './presences.js';
import { Standings } from './standings.js';

/** Others who write meanwhile conclude for themselves; whoever loses more often than this leaves it to the sweep. */
const maxAttempts = 5;

/** Tells whoever listens how agents stand, once, whichever replica finds it out. */
@Injectable()
export class StatusNews {
  constructor(
    private readonly presences: Presences,
    private readonly gateways: Gateways,
    private readonly loads: Loads,
    private readonly standings: Standings,
    private readonly clock: Clock,
    @Inject(NATS_CONNECTION) private readonly nats: NatsConnection,
  ) {}

  /** What changed of one agent since it was last told. */
  async of(agentId: string): Promise<void> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const presence = await this.presences.find(agentId);
      if (presence === null) return;
      const { workspaceId } = presence;
      const [renewals, activeCount] = await Promise.all([this.gateways.renewals(), this.loads.of(workspaceId, agentId)]);
      const standing = { status: this.standings.statusNow(presence, renewals), activeCount };
      const news = newsOf(presence, standing, this.clock.now(), this.standings.limits);
      if (!(await this.presences.conclude(presence, news))) continue;
      if (news.tell) this.tell({ workspaceId, agentId, ...standing });
      return;
    }
    await this.presences.lookAgain(agentId);
  }

  /** Of those of them whose status is not what was told, or nobody would look at in time. */
  async ofChanged(agentIds: readonly string[]): Promise<void> {
    const [found, renewals] = await Promise.all([this.presences.findAll(agentIds), this.gateways.renewals()]);
    const changed = [...found.values()].filter((presence) => {
      const status = this.standings.statusNow(presence, renewals);
      return status !== (presence.told?.status ?? 'offline') || (status !== 'offline' && !presence.lookAt);
    });
    await Promise.all(changed.map(({ _id }) => this.of(_id)));
  }

  private tell(notice: AgentStatusNotice): void {
    if (!this.nats.isClosed()) this.nats.publish(agentStatusSubject(notice.workspaceId), JSON.stringify(notice));
  }
}
