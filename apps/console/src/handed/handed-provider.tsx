import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useMe, useRelevo } from '../session/relevo-context';
import { noHandovers, withEvent, withoutHandover } from './handed';
import { HandedContext } from './handed-context';

interface Props {
  readonly openId: string | null;
  readonly children: ReactNode;
}

/** Keeps what colleagues transferred while the agent is here; what they did before stands in the conversation. */
export function HandedProvider({ openId, children }: Props) {
  const relevo = useRelevo();
  const me = useMe();
  const [handovers, setHandovers] = useState(noHandovers);
  const hear = useEffectEvent((event: Parameters<typeof withEvent>[1]) => setHandovers((before) => withEvent(before, event, me, openId)));
  useEffect(() => relevo.onEvent((event) => hear(event)), [relevo]);
  useEffect(() => {
    if (openId !== null) setHandovers((before) => withoutHandover(before, openId));
  }, [openId]);
  return <HandedContext value={handovers}>{children}</HandedContext>;
}
