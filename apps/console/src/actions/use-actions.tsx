import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ConversationCommands } from '@relevo/client';
import type { ConversationView } from '@relevo/contracts';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../session/code-of';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import type { Action } from './applicable';

/** Product rule "Undo". */
const undoMs = 10_000;

const asked: Readonly<Record<Action, (commands: ConversationCommands, conversation: ConversationView) => Promise<unknown>>> = {
  claim: (commands, { id }) => commands.claim(id),
  markRead: (commands, { id, seq }) => commands.read(id, seq),
  markUnread: (commands, { id }) => commands.markUnread(id),
  release: (commands, { id }) => commands.release(id),
  close: (commands, { id }) => commands.close(id),
  undo: (commands, { id }) => commands.undo(id),
};

export interface ActionsInHand {
  readonly run: (action: Action) => Promise<void>;
  readonly toggleTag: (tagId: string) => Promise<void>;
  readonly isBusy: boolean;
}

/** Does what was chosen, and says what came of it where the screen does not. */
export function useActions(conversation: ConversationView): ActionsInHand {
  const { t } = useTranslation('actions');
  const { t: common } = useTranslation('common');
  const { commands } = useRelevo();
  const say = useSay();
  const [underWay, setUnderWay] = useState(0);
  const { id, customer, tagIds } = conversation;

  const attempt = useCallback(
    async (task: () => Promise<unknown>): Promise<boolean> => {
      setUnderWay((count) => count + 1);
      try {
        await task();
        return true;
      } catch (error) {
        notifications.show({ color: 'red', message: t('failed', { reason: say(codeOf(error)) }) });
        return false;
      } finally {
        setUnderWay((count) => count - 1);
      }
    },
    [say, t],
  );

  const offerUndo = (): void => {
    const toast = `closed-${id}`;
    const undo = (): void => {
      notifications.hide(toast);
      void attempt(() => commands.undo(id));
    };
    const message = (
      <>
        {t('closedToast', { name: customer.name || common('unnamedCustomer') })}{' '}
        <Button size="compact-xs" variant="light" onClick={undo}>
          {t('undo')}
        </Button>
      </>
    );
    notifications.show({ id: toast, autoClose: undoMs, message });
  };

  const run = async (action: Action): Promise<void> => {
    const isDone = await attempt(() => asked[action](commands, conversation));
    if (isDone && action === 'close') offerUndo();
  };
  const toggleTag = async (tagId: string): Promise<void> => {
    await attempt(() => (tagIds.includes(tagId) ? commands.untag(id, tagId) : commands.tag(id, tagId)));
  };
  return { run, toggleTag, isBusy: underWay > 0 };
}
