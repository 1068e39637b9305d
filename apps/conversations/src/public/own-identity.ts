import { AppError, type ChannelActor, type OfIdentity } from '@relevo/contracts';
import { identityKeyOf } from '../conversation/conversation.journal.js';

/** The identity that a channel asks about; only ever one of its own. */
export function ownIdentityKey({ workspaceId, id }: ChannelActor, { channelId, externalId }: OfIdentity): string {
  if (id !== channelId) throw new AppError('FORBIDDEN', 'A channel speaks for its own customers only.');
  return identityKeyOf(workspaceId, channelId, externalId);
}
