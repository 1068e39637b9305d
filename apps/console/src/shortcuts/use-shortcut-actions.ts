import { notifications } from '@mantine/notifications';
import type { ConversationView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { type Action, applicable } from '../actions/applicable';
import { useRun } from '../actions/use-actions';
import { useUndo } from '../closing/undo-context';
import { modeWanted } from '../composer/mode-wanted';
import { addressNow } from '../filters/address';
import { useOpen } from '../filters/use-view';
import { queryOf } from '../filters/view';
import { saidIn } from '../list/said-in';
import { useMe, useRelevo } from '../session/relevo-context';
import { dayWanted } from '../thread/day-wanted';
import { passing } from './passing';
import { neighbourOf, type Shortcut } from './shortcuts';

/** What each shortcut does now, but for the sheet: with the address as it is, for keys are faster than the screen. */
export function useShortcutActions(): Readonly<Record<Exclude<Shortcut, 'sheet'>, () => void>> {
  const { t } = useTranslation('actions');
  const { t: closing } = useTranslation('closing');
  const relevo = useRelevo();
  const me = useMe();
  const open = useOpen();
  const { run } = useRun();
  const { takeBackLast } = useUndo();

  const list = () => relevo.list(queryOf(addressNow().view));
  const rows = () => list().getSnapshot().rows;

  /** The row that has the focus, or else what is open. */
  const subject = (): ConversationView | null => {
    const { openId } = addressNow();
    const focused = document.activeElement?.closest<HTMLElement>('[data-conversation]')?.dataset.conversation;
    const id = focused ?? openId;
    if (id === null) return null;
    // A row that is held under the pointer may be older than what is open.
    const shown = id === openId ? relevo.conversation(id).getSnapshot().conversation : null;
    return shown ?? rows().find(({ conversation }) => conversation.id === id)?.conversation ?? relevo.conversation(id).getSnapshot().conversation;
  };
  /** The first of these that applies. */
  const act = (...actions: readonly [Action, ...Action[]]): void => {
    const conversation = subject();
    if (!conversation) return;
    const applies = applicable(conversation, me, Date.now());
    const action = actions.find((each) => applies.has(each));
    if (action) void run(action, conversation);
    else notifications.show({ message: t(applies.has('claim') ? 'claimBefore' : 'notApplicable', { action: t(actions[0]) }) });
  };
  const go = (step: 1 | -1): void => {
    const { openId } = addressNow();
    const ids = rows().flatMap(({ conversation, gone }) => (gone && conversation.id !== openId ? [] : [conversation.id]));
    const id = neighbourOf(ids, openId, step);
    if (id === null) return;
    open(id, { state: passing, at: saidIn(list().foundBy(id)) });
    // Where it was may be a row; what is done next is done with what is open.
    document.getElementById('thread')?.focus({ preventScroll: true });
  };

  return {
    next: () => go(1),
    previous: () => go(-1),
    search: () => document.querySelector<HTMLElement>('#list input[type="search"]')?.focus(),
    claim: () => act('claim'),
    reply: () => modeWanted.send('message'),
    note: () => modeWanted.send('note'),
    transfer: () => act('transfer'),
    close: () => act('close'),
    undo: () => {
      if (!takeBackLast()) notifications.show({ message: closing('nothingToUndo') });
    },
    mark: () => act('markUnread', 'markRead'),
    day: () => dayWanted.send(),
  };
}
