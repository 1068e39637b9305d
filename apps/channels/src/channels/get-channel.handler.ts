import { Controller } from '@nestjs/common';
import { type Caller, type ChannelView, GetChannel, getChannel, notFound, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { channelView } from './channel.js';
import { Channels } from './channels.js';

@Controller()
export class GetChannelHandler {
  constructor(private readonly channels: Channels) {}

  @Handles(getChannel)
  async handle({ channelId }: GetChannel, { actor }: Caller<SystemActor>): Promise<ChannelView> {
    const channel = await this.channels.find(channelId);
    if (channel?.workspaceId !== workspaceOf(actor)) throw notFound('channel');
    return channelView(channelId, channel);
  }
}
