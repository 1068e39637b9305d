import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ChannelCreated, CreateChannel, createChannel, checkTeam, entryActorOf, invalid, notFound, type SystemActor, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles, MessageBus, systemCaller } from '@relevo/messaging';
import { OutOfReach, Reach } from '@relevo/platform';
import { channelCreated, channelIdOf } from './channel.js';
import { ChannelJournal } from './channel.journal.js';
import { ChannelsConfig } from '../config.js';

const secretBytes = 32;

@Controller()
export class CreateChannelHandler {
  private readonly reach: Reach;

  constructor(
    private readonly channels: ChannelJournal,
    private readonly bus: MessageBus,
    config: ChannelsConfig,
  ) {
    this.reach = new Reach(config.CALLBACK_HOSTS);
  }

  @Handles(createChannel)
  async handle(request: CreateChannel, { actor, correlationId }: Caller<AgentActor | SystemActor>): Promise<ChannelCreated> {
    const workspaceId = workspaceOf(actor);
    const aggregateId = channelIdOf(workspaceId, request.commandId);
    const { name, kind, teamId = null, bot = false, callbackUrl = null, voice = true, voiceFormat = 'as-recorded', allowedOrigins = [] } = request;
    if (allowedOrigins.length > 0 && kind !== 'webchat') throw invalid('allowedOrigins', 'are for webchat channels');
    if (callbackUrl !== null) this.requireWithinReach(callbackUrl);
    if (teamId !== null) await this.requireTeam(teamId, workspaceId, correlationId);
    // Drawn anew for a repeat too, which then meets the first one's: the fingerprint covers only what was asked.
    const secret = randomBytes(secretBytes).toString('hex');
    const { state } = await this.channels.append({
      workspaceId,
      aggregateId,
      command: {
        type: 'create',
        by: entryActorOf(actor),
        settings: {
          name,
          kind,
          teamId,
          bot,
          callbackUrl,
          secret,
          ...(!voice && { voice }),
          ...(voiceFormat !== 'as-recorded' && { voiceFormat }),
          ...(allowedOrigins.length > 0 && { allowedOrigins }),
        },
      },
      ...commandKeyOf(actor, 'create-channel', request),
    });
    return channelCreated(aggregateId, state);
  }

  /** What can be told of it without asking where its name leads, which may be another place by the time of a post. */
  private requireWithinReach(callbackUrl: string): void {
    try {
      this.reach.connectionTo(new URL(callbackUrl));
    } catch (error) {
      throw error instanceof OutOfReach ? invalid('callbackUrl', error.message) : error;
    }
  }

  /** Nobody could see what would queue in a team of another workspace; it is answered like none. */
  private async requireTeam(teamId: string, workspaceId: string, correlationId: string): Promise<void> {
    const { exists } = await this.bus.request(checkTeam, { teamId }, { ...systemCaller('channels', workspaceId), correlationId });
    if (!exists) throw notFound('team');
  }
}
