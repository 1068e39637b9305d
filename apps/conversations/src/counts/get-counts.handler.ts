import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, countKeysOf, type GetCounts, getCounts, type TrayCounts, trayCountsOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { TrayCounter } from './tray-counter.js';

@Controller()
export class GetCountsHandler {
  constructor(private readonly counter: TrayCounter) {}

  @Handles(getCounts)
  async handle(_request: GetCounts, { actor }: Caller<AgentActor>): Promise<TrayCounts> {
    const keys = countKeysOf(actor);
    const counts = trayCountsOf(keys, await this.counter.count(actor.workspaceId, keys));
    if (!counts) throw new Error('A key was asked for and not counted');
    return counts;
  }
}
