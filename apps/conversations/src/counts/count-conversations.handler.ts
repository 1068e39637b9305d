import { Controller } from '@nestjs/common';
import { type Caller, type ConversationsCounted, CountConversations, countConversations, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { TrayCounter } from './tray-counter.js';

@Controller()
export class CountConversationsHandler {
  constructor(private readonly counter: TrayCounter) {}

  @Handles(countConversations)
  async handle({ keys }: CountConversations, { actor }: Caller<SystemActor>): Promise<ConversationsCounted> {
    const counted = [...(await this.counter.count(workspaceOf(actor), keys)).values()];
    return { places: counted.filter((counts) => 'assigned' in counts), agents: counted.filter((counts) => 'queues' in counts) };
  }
}
