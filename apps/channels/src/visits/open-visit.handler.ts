import { Controller } from '@nestjs/common';
import { AppError, type Caller, type OpenedVisit, OpenVisit, openVisit, type SystemActor } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Channels } from '../channels/channels.js';
import { isVouchedFor, nobodysSecret } from '../channels/signature.js';

const refused = (): AppError => new AppError('UNAUTHENTICATED', 'This visit is not one of this channel.');

/** Lets somebody in at a channel's widget. Whatever is wrong is answered alike, and as late: a channel's secret stays here. */
@Controller()
export class OpenVisitHandler {
  constructor(private readonly channels: Channels) {}

  @Handles(openVisit)
  async handle({ channelId, foreignOrigin, userId, userHash }: OpenVisit, _: Caller<SystemActor>): Promise<OpenedVisit> {
    const channel = await this.channels.find(channelId);
    const vouched = isVouchedFor(channel?.secret ?? nobodysSecret, userId ?? '', userHash ?? '');
    if (channel?.kind !== 'webchat') throw refused();
    if (foreignOrigin !== null && !channel.allowedOrigins?.includes(foreignOrigin)) throw refused();
    const { workspaceId } = channel;
    const voice = channel.voice !== false;
    // A hash without a user is a mistake of the site's; to let its user in as nobody would hide it.
    if (userId === undefined && userHash === undefined) return { workspaceId, externalId: null, voice };
    if (userId === undefined || !vouched) throw refused();
    return { workspaceId, externalId: `user:${userId}`, voice };
  }
}
