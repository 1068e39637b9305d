import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock, isDatabaseUnavailable } from '@relevo/platform';
import { AgentJournal } from '../agents/agent.journal.js';
import { Credentials, type UntoldChange } from './credentials.js';

const everyMs = 1_000;
const batch = 100;

/**
 * Tells of changed passwords in the agents' histories, whose events reach every gateway: sockets of sessions that are
 * over are cut by them. A change whose replica died before it could tell is told by another.
 */
@Injectable()
export class PasswordNews implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(PasswordNews.name);
  private timer?: NodeJS.Timeout;
  private relaying: Promise<void> | null = null;

  constructor(
    private readonly credentials: Credentials,
    private readonly agents: AgentJournal,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.relaying ??= this.relay().finally(() => (this.relaying = null));
    }, everyMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.relaying;
  }

  async tell(agentId: string, { commandKey, workspaceId, by }: UntoldChange): Promise<void> {
    await this.agents.append({ workspaceId, aggregateId: agentId, command: { type: 'note-password', by }, commandKey, fingerprint: null });
    await this.credentials.told(agentId, commandKey);
  }

  private async relay(): Promise<void> {
    try {
      const left = await this.credentials.untold(new Date(this.clock.now().getTime() - everyMs), batch);
      for (const { _id, untold } of left) if (untold) await this.tell(_id, untold);
    } catch (error) {
      if (!isDatabaseUnavailable(error)) this.logger.error({ err: error }, 'changes of passwords were not told; it goes on');
    }
  }
}
