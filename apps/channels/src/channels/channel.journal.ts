import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ChannelView } from '@relevo/contracts';
import { Journal, type Projection } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { channelAggregate, type ChannelEntry, type ChannelState, channelView, type CreateChannelCommand } from './channel.js';

/** A workspace's channels are a short list. */
const maxChannels = 1_000;

@Injectable()
export class ChannelJournal extends Journal<ChannelState, ChannelEntry, CreateChannelCommand> {
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(channelAggregate, connection, clock, publisher);
  }

  /** Whether any webchat channel of any workspace allows pages of this origin. */
  async isOriginAllowed(origin: string): Promise<boolean> {
    return (await this.store.projections.findOne({ allowedOrigins: origin, kind: 'webchat' }, { projection: { _id: 1 } })) !== null;
  }

  /** All channels of a workspace, by name. */
  async inWorkspace(workspaceId: string): Promise<ChannelView[]> {
    const found = await this.store.projections.find({ workspaceId }).sort({ name: 1, _id: 1 }).limit(maxChannels).toArray();
    return (found as Projection<ChannelState>[]).map((channel) => channelView(channel._id, channel));
  }
}
