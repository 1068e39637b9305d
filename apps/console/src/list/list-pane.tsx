import { useMemo } from 'react';
import { useOpen, useView } from '../filters/use-view';
import { queryOf } from '../filters/view';
import { useRelevo } from '../session/relevo-context';
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
  return (
    <>
      <ListHeader onTrays={onTrays} />
      <ConversationList list={list} openId={openId} onOpen={open} />
    </>
  );
}
