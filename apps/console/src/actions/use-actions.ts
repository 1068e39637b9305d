import { notifications } from '@mantine/notifications';
import type { ConversationCommands } from '@relevo/client';
import type { ConversationChanged, ConversationView } from '@relevo/contracts';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUndo } from '../closing/undo-context';
import { answerWanted } from '../composer/answer-wanted';
import { codeOf } from '../session/code-of';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { useOpenTransfer } from '../transfer/transfer-context';
import type { Action } from './applicable';

/** What is done with a command and nothing else. */
const asked: Readonly<Record<Exclude<Action, 'transfer' | 'undo'>, (commands: ConversationCommands, conversation: ConversationView) => Promise<ConversationChanged>>> = {
  claim: (commands, { id }) => commands.claim(id),
  markRead: (commands, { id, seq }) => commands.read(id, seq),
  markUnread: (commands, { id }) => commands.markUnread(id),
  release: (commands, { id }) => commands.release(id),
  close: (commands, { id }) => commands.close(id),
};

type Attempt = (task: () => Promise<ConversationChanged>) => Promise<ConversationChanged | null>;

/** Null when it failed; then why has been said. */
function useAttempt(): { readonly attempt: Attempt; readonly isBusy: boolean } {
  const { t } = useTranslation('actions');
  const say = useSay();
  const [underWay, setUnderWay] = useState(0);
  const attempt = useCallback<Attempt>(
    async (task) => {
      setUnderWay((count) => count + 1);
      try {
        return await task();
      } catch (error) {
        notifications.show({ color: 'red', message: t('failed', { reason: say(codeOf(error)) }) });
        return null;
      } finally {
        setUnderWay((count) => count - 1);
      }
    },
    [say, t],
  );
  return { attempt, isBusy: underWay > 0 };
}

export interface RunInHand {
  readonly run: (action: Action, conversation: ConversationView) => Promise<void>;
  readonly attempt: Attempt;
  readonly isBusy: boolean;
}

/** Does what was chosen with whichever conversation, and says what came of it where the screen does not. */
export function useRun(): RunInHand {
  const { t: closing } = useTranslation('closing');
  const { t: common } = useTranslation('common');
  const { commands } = useRelevo();
  const { attempt, isBusy } = useAttempt();
  const { offer, takeBack } = useUndo();
  const openTransfer = useOpenTransfer();

  const run = async (action: Action, conversation: ConversationView): Promise<void> => {
    if (action === 'transfer') return openTransfer(conversation);
    if (action === 'undo') return takeBack(conversation.id, conversation.seq);
    const changed = await attempt(() => asked[action](commands, conversation));
    if (changed && action === 'claim') answerWanted.send(conversation.id);
    if (changed && action === 'close') offer(changed, closing('closed', { name: conversation.customer.name || common('unnamedCustomer') }));
  };
  return { run, attempt, isBusy };
}

export interface ActionsInHand {
  readonly run: (action: Action) => Promise<void>;
  readonly toggleTag: (tagId: string) => Promise<void>;
  readonly isBusy: boolean;
}

/** The same for one conversation. */
export function useActions(conversation: ConversationView): ActionsInHand {
  const { commands } = useRelevo();
  const { run, attempt, isBusy } = useRun();
  const { id, tagIds } = conversation;
  const toggleTag = async (tagId: string): Promise<void> => {
    await attempt(() => (tagIds.includes(tagId) ? commands.untag(id, tagId) : commands.tag(id, tagId)));
  };
  return { run: (action) => run(action, conversation), toggleTag, isBusy };
}
