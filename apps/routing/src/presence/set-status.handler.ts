import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type MeView, SetStatus, setStatus } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { OwnAgents } from '../agents/own-agents.js';
import { Presences } from './presences.js';
import { StatusNews } from './status-news.js';

@Controller()
export class SetStatusHandler {
  constructor(
    private readonly own: OwnAgents,
    private readonly presences: Presences,
    private readonly news: StatusNews,
  ) {}

  @Handles(setStatus)
  async handle(request: SetStatus, { actor }: Caller<AgentActor>): Promise<MeView> {
    const agent = await this.own.get(actor);
    await this.presences.choose(actor.id, actor.workspaceId, request);
    await this.news.of(actor.id);
    return this.own.view(actor.id, agent);
  }
}
