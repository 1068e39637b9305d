import type { ChannelView, ConversationView, CustomerView } from '@relevo/contracts';
import { identityText } from '../customer/identity';

/** One by which a customer can be written to first. */
export interface WayTo {
  readonly channelId: string;
  /** The channel, and how it calls them. */
  readonly label: string;
}

/**
 * By which channels a new conversation with the customer can begin: each that they are known on, once; not by that of the
 * open conversation while it is active, for there one writes in it. None to whoever is blocked, or lives on as another.
 */
export function waysTo({ identities, blocked, mergedIntoId }: CustomerView, open: Pick<ConversationView, 'status' | 'channelId'>, channels: ReadonlyMap<string, ChannelView>): readonly WayTo[] {
  if (blocked || mergedIntoId !== undefined) return [];
  const ways = new Map<string, WayTo>();
  for (const { channelId, externalId } of identities) {
    const channel = channels.get(channelId);
    if (!channel || ways.has(channelId) || (open.status === 'active' && open.channelId === channelId)) continue;
    ways.set(channelId, { channelId, label: identityText(channel.name, externalId) });
  }
  return [...ways.values()];
}
