import type { ConversationView } from '@relevo/contracts';
import { useDirectory, usePolicy } from '../session/use-directory';

/** Whether a voice message may be sent: the workspace decides, and a channel may do without (product rule "Sending"). */
export function useVoiceEnabled({ channelId }: Pick<ConversationView, 'channelId'>): boolean {
  const { channels } = useDirectory();
  return (usePolicy()?.voice ?? false) && channels.get(channelId)?.voice !== false;
}
