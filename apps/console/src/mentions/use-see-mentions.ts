import type { ConversationView, Entry } from '@relevo/contracts';
import { useEffect } from 'react';
import { useMe, useRelevo } from '../session/relevo-context';
import { useIsLookedAt } from '../ui/use-is-looked-at';
import { seenUpTo, unseenMentions } from './unseen';

/**
 * Says that notes which name the agent were seen, once they are at hand in front of them: in whosever conversation, closed
 * ones too. That alone: with `markReadOn: reply` what the customer wrote still waits, and a mark that was put on stays.
 */
export function useSeeMentions(conversation: ConversationView | null, entries: readonly Entry[]): void {
  const { commands } = useRelevo();
  const me = useMe();
  const isLookedAt = useIsLookedAt();
  const id = conversation?.id;
  const upToSeq = conversation && seenUpTo(unseenMentions(conversation, me.id), entries);
  useEffect(() => {
    // What fails is asked again by the client; a refusal only means that it may not be seen any more.
    if (isLookedAt && id !== undefined && upToSeq !== null) void commands.seeMentions(id, upToSeq).catch(() => undefined);
  }, [commands, isLookedAt, id, upToSeq]);
}
