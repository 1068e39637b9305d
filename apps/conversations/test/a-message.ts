import { type ChannelActor, type ReceiveMessage } from '@relevo/contracts';
import { type Body } from '@relevo/messaging';
import { newId } from '@relevo/platform';

export const channel: ChannelActor = { kind: 'channel', workspaceId: 'sur', id: 'api' };

/** A message of a customer, as a channel hands it on. */
export const aMessage = (externalId: string, more: Partial<Body<ReceiveMessage>> = {}): Body<ReceiveMessage> => ({
  channelId: channel.id,
  externalId,
  externalMessageId: newId(),
  customer: { id: externalId.replace('+', 'c'), name: `Cliente ${externalId}` },
  text: 'hola',
  startsIn: 'unassigned',
  teamId: null,
  ...more,
});
