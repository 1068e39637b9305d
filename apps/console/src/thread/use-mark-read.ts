import type { ConversationView } from '@relevo/contracts';
import { useEffect } from 'react';
import { isMine, isUnread } from '../actions/applicable';
import { handoverTo } from '../handed/handed';
import { useMe, useRelevo, useSettings } from '../session/relevo-context';
import { useIsLookedAt } from '../ui/use-is-looked-at';

/**
 * Says that it was read, once it is open in front of its assignee, who may become so while it is (`markReadOn: open`; with `reply` the reply says so).
 * One that was marked by hand meanwhile stays so until it is opened again or something new comes.
 */
export function useMarkRead(conversation: ConversationView, seenSeq: number): void {
  const { commands } = useRelevo();
  const me = useMe();
  const { markReadOn } = useSettings();
  const isLookedAt = useIsLookedAt();
  const { id } = conversation;
  const { count } = conversation.unread;
  const isOwn = isMine(conversation, me);
  const handedSeq = handoverTo(conversation, me)?.seq ?? 0;
  const isDue = isOwn && markReadOn === 'open' && isLookedAt && seenSeq > 0 && conversation.status === 'active' && (isUnread(conversation) || handedSeq > 0);

  useEffect(() => {
    // What fails is asked again by the client; a refusal only means that there is nothing to read any more.
    if (isDue) void commands.read(id, seenSeq).catch(() => undefined);
    // Not `isDue`: a mark that is put on while it is open is meant, and stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [commands, id, count, handedSeq, seenSeq > 0, isLookedAt, isOwn]);
}
