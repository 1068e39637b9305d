import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ChannelCreated, CreateChannel, createChannel, entryActorOf, invalid, type SystemActor, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { channelCreated, channelIdOf } from './channel.js';
import { ChannelJournal } from './channel.journal.js';

const secretBytes = 32;

@Controller()
export class CreateChannelHandler {
  constructor(private readonly channels: ChannelJournal) {}

  @Handles(createChannel)
  async handle(request: CreateChannel, { actor }: Caller<AgentActor | SystemActor>): Promise<ChannelCreated> {
    const workspaceId = workspaceOf(actor);
    const aggregateId = channelIdOf(workspaceId, request.commandId);
    const { name, kind, teamId = null, bot = false, callbackUrl = null, allowedOrigins = [] } = request;
    if (allowedOrigins.length > 0 && kind !== 'webchat') throw invalid('allowedOrigins', 'are for webchat channels');
    // Drawn anew for a repeat too, which then meets the first one's: the fingerprint covers only what was asked.
    const secret = randomBytes(secretBytes).toString('hex');
    const { state } = await this.channels.append({
      workspaceId,
      aggregateId,
      command: { type: 'create', by: entryActorOf(actor), settings: { name, kind, teamId, bot, callbackUrl, secret, ...(allowedOrigins.length > 0 && { allowedOrigins }) } },
      ...commandKeyOf(actor, 'create-channel', request),
    });
    return channelCreated(aggregateId, state);
  }
}
