import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useAddresses, useView } from '../filters/use-view';
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
  const navigate = useNavigate();
  const { of } = useAddresses();
  const [view] = useView();
  const list = useMemo(() => relevo.list(queryOf(view)), [relevo, view]);
  return (
    <>
      <ListHeader onTrays={onTrays} />
      <ConversationList list={list} openId={openId} onOpen={(id) => void navigate(of(id))} />
    </>
  );
}
