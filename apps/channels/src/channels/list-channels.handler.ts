import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ChannelList, listChannels, ListChannels, pageOf, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ChannelJournal } from './channel.journal.js';

@Controller()
export class ListChannelsHandler {
  constructor(private readonly channels: ChannelJournal) {}

  @Handles(listChannels)
  async handle(request: ListChannels, { actor }: Caller<AgentActor | SystemActor>): Promise<ChannelList> {
    return pageOf(await this.channels.inWorkspace(workspaceOf(actor)), request, ({ id }) => id);
  }
}
