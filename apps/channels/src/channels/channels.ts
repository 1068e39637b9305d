import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ChannelState } from './channel.js';
import { ChannelJournal } from './channel.journal.js';

/** A change of a channel takes this long to reach every replica. */
const cachedMs = 5_000;

/** Channels as messages need them on their way in and out. */
@Injectable()
export class Channels {
  private readonly cache: LRUCache<string, ChannelState>;

  constructor(journal: ChannelJournal) {
    this.cache = new LRUCache({
      max: 5_000,
      ttl: cachedMs,
      // What does not exist is not kept, or made-up ids would push out the real ones.
      fetchMethod: async (channelId) => (await journal.load(channelId)) ?? undefined,
    });
  }

  async find(channelId: string): Promise<ChannelState | null> {
    return (await this.cache.fetch(channelId)) ?? null;
  }
}
