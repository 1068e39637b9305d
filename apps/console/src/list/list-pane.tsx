import { useCallback, useMemo } from 'react';
import { addressNow } from '../filters/address';
import { useOpen, useView } from '../filters/use-view';
import { queryOf } from '../filters/view';
import { useRelevo } from '../session/relevo-context';
import { entryWanted } from '../thread/entry-wanted';
import { ConversationList } from './conversation-list';
import { ListHeader } from './list-header';

interface Props {
  readonly openId: string | null;
  readonly onTrays?: () => void;
}

export function ListPane({ openId, onTrays }: Props) {
  const relevo = useRelevo();
  const open = useOpen();
  const [view] = useView();
  const list = useMemo(() => relevo.list(queryOf(view)), [relevo, view]);
  const openAt = useCallback(
    (conversationId: string, at: number | null): void => {
      const now = addressNow();
      if (at !== null && now.openId === conversationId && now.at === at) entryWanted.send(at);
      else open(conversationId, { at });
    },
    [open],
  );
  return (
    <>
      <ListHeader onTrays={onTrays} />
      <ConversationList list={list} openId={openId} onOpen={openAt} />
    </>
  );
}
