import { Injectable, Logger, type OnModuleInit, type OnApplicationShutdown } from '@nestjs/common';
import { AppError, listHeld, maxHeldNamed } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { isDatabaseUnavailable } from '@relevo/platform';
import { AgentJournal } from '../agents/agent.journal.js';
import { RoutingConfig } from '../config.js';
import { Presences } from '../presence/presences.js';
import { StatusNews } from '../presence/status-news.js';
import { Loads } from './loads.js';

/** Agents looked at in one turn: what it costs does not depend on how many there are, only how long it takes to come round. */
const batch = 20;

interface Agent {
  readonly agentId: string;
  readonly workspaceId: string;
}

/**
 * Load follows events, of which the stream keeps a week and may lose its last in a power cut. So each replica goes through
 * all agents, a few at a time and over again, and believes the owner of conversations where it knows otherwise. Whatever is
 * written is as of an entry: an event that comes meanwhile is neither lost nor undone.
 */
@Injectable()
export class LoadCorrection implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(LoadCorrection.name);
  private timer?: NodeJS.Timeout;
  private correcting: Promise<void> | null = null;
  /** The agent looked at last; null: from the first. */
  private last: string | null = null;

  constructor(
    private readonly agents: AgentJournal,
    private readonly loads: Loads,
    private readonly presences: Presences,
    private readonly news: StatusNews,
    private readonly bus: MessageBus,
    private readonly config: RoutingConfig,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.correcting ??= this.correctSome().finally(() => (this.correcting = null));
    }, this.config.LOAD_CORRECTION_SECONDS * 1_000).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.correcting;
  }

  private async correctSome(): Promise<void> {
    try {
      const agents = await this.agents.following(this.last, batch);
      for (const { _id: agentId, workspaceId } of agents) {
        // Before: one who cannot be compared must not keep the others from it.
        this.last = agentId;
        await this.correct({ agentId, workspaceId });
      }
      if (agents.length < batch) this.last = null;
    } catch (error) {
      // Who cannot be asked now is asked at the next turn.
      if (!isDatabaseUnavailable(error) && !(error instanceof AppError)) this.logger.error({ err: error }, 'loads were not compared; it goes on');
    }
  }

  private async correct({ agentId, workspaceId }: Agent): Promise<void> {
    const known = await this.loads.heldBy(workspaceId, agentId, maxHeldNamed);
    const counted = new Set(known.map(({ conversationId }) => conversationId));
    const { items } = await this.bus.request(listHeld, { agentId, conversationIds: [...counted] }, systemCaller('routing', workspaceId));
    const there = new Set(items.map(({ conversationId }) => conversationId));
    const otherwise = items.filter((held) => (held.agentId === agentId) !== counted.has(held.conversationId));
    const gone = known.filter(({ conversationId }) => !there.has(conversationId));
    if (otherwise.length + gone.length === 0) return;
    for (const { conversationId, seq, agentId: whose } of otherwise) await this.loads.note(conversationId, { workspaceId, seq, agentId: whose });
    for (const { conversationId, seq } of gone) await this.loads.forget(conversationId, seq);
    this.logger.log({ agentId, otherwise: otherwise.length, gone: gone.length }, 'whose conversations are was corrected');
    for (const touched of new Set([agentId, ...otherwise.flatMap((held) => held.agentId ?? [])])) {
      await this.presences.touch(touched, workspaceId);
      await this.news.of(touched);
    }
  }
}
