import { type ReactNode, useEffect, useState } from 'react';
import { useMe, useRelevo } from '../session/relevo-context';
import { AllEdits } from './all-edits';
import { EditsContext } from './edits-context';

/** Holds what the agent is changing of customers. It goes with the screen; what is not saved is there again with the next. */
export function EditsProvider({ children }: { readonly children: ReactNode }) {
  const relevo = useRelevo();
  const { id } = useMe();
  const [all] = useState(() => new AllEdits(relevo, id, localStorage));
  useEffect(
    () =>
      relevo.onEvent(({ name, payload }) => {
        if (name === 'customer.updated' && payload.customer.mergedIntoId !== undefined) all.follow(payload.customer.id, payload.customer.mergedIntoId);
      }),
    [relevo, all],
  );
  return <EditsContext value={all}>{children}</EditsContext>;
}
