import type { ConversationView } from '@relevo/contracts';
import { usePolicy } from '../session/use-directory';

/** Whether a voice message may be sent: the workspace decides (product rule "Sending"). */
export const useVoiceEnabled = (_conversation: Pick<ConversationView, 'channelId'>): boolean => usePolicy()?.voice ?? false;
