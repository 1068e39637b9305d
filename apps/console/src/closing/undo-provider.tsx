import { notifications } from '@mantine/notifications';
import type { ConversationChanged } from '@relevo/contracts';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../session/code-of';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { findObstacle } from './find-obstacle';
import { UndoContext } from './undo-context';
import { type Offer, UndoOffer } from './undo-offer';

const toastOf = ({ conversationId, ofSeq }: Offer): string => `undo-${conversationId}-${ofSeq}`;

/** Holds what the agent can take back. It goes with the screen: another agent takes back nothing of theirs. */
export function UndoProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('closing');
  const { t: common } = useTranslation('common');
  const relevo = useRelevo();
  const say = useSay();
  /** By conversation, the newest last. */
  const offers = useRef(new Map<string, Offer>());

  const withdraw = useCallback((conversationId: string): void => {
    const offer = offers.current.get(conversationId);
    offers.current.delete(conversationId);
    if (offer) notifications.hide(toastOf(offer));
  }, []);

  const takeBack = useCallback(
    async (conversationId: string, seq: number): Promise<void> => {
      const sinceSeq = offers.current.get(conversationId)?.ofSeq ?? seq;
      withdraw(conversationId);
      try {
        await relevo.commands.undo(conversationId);
      } catch (error) {
        const code = codeOf(error);
        const found = code === 'RULE_VIOLATED' ? await findObstacle(relevo, conversationId, sinceSeq) : null;
        const reason = found ? t(found.what, { actor: found.by.name }) : code === 'RULE_VIOLATED' ? t('tooLate') : code === 'NOT_FOUND' ? t('outOfSight') : say(code);
        notifications.show({ color: 'red', message: t('notUndone', { reason }) });
      }
    },
    [relevo, say, t, withdraw],
  );

  const offer = useCallback(
    ({ entry, conversation: { id, undoUntil } }: ConversationChanged, words: string): void => {
      withdraw(id);
      if (!entry || undoUntil === null) {
        notifications.show({ message: words });
        return;
      }
      // The server's clock may be another: what counts is for how long, from its answer on.
      const offered: Offer = { conversationId: id, ofSeq: entry.seq, undoUntil, endsAt: Date.now() + Date.parse(undoUntil) - Date.parse(entry.at), words };
      offers.current.set(id, offered);
      const message = <UndoOffer offer={offered} onUndo={() => void takeBack(id, entry.seq)} onEnd={() => withdraw(id)} />;
      const forget = (): void => {
        if (offers.current.get(id) === offered) offers.current.delete(id);
      };
      notifications.show({ id: toastOf(offered), autoClose: false, closeButtonProps: { 'aria-label': common('close') }, onClose: forget, message });
    },
    [common, takeBack, withdraw],
  );

  const takeBackLast = useCallback((): boolean => {
    const last = [...offers.current.values()].at(-1);
    if (last) void takeBack(last.conversationId, last.ofSeq);
    return last !== undefined;
  }, [takeBack]);

  useEffect(() => {
    const held = offers.current;
    return () => {
      for (const id of [...held.keys()]) withdraw(id);
    };
  }, [withdraw]);

  const value = useMemo(() => ({ offer, takeBack, takeBackLast }), [offer, takeBack, takeBackLast]);
  return <UndoContext value={value}>{children}</UndoContext>;
}
