import type { Refusal } from '@relevo/client';
import type { CustomerHistoryEntry, CustomerView } from '@relevo/contracts';
import { useState } from 'react';
import { type Conflict, conflictsIn, refusalOf } from '../editing/edits';
import { editOf } from '../editing/values';
import { useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';
import { before } from './revertible';

export type Conflicts = ReadonlyMap<string, Conflict>;

export interface RevertInHand {
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  /** Fields that somebody changed again since; none where nothing stands in the way. */
  readonly conflicts: Conflicts;
  readonly revert: () => Promise<void>;
  /** All of it, with what was changed again. */
  readonly insist: () => Promise<void>;
  /** All but what was changed again. */
  readonly keepTheirs: () => Promise<void>;
  readonly leave: () => void;
}

const none: Conflicts = new Map();

/** Takes back one entry of a customer's history. `onDone`: it is, or what stood in the way stays. */
export function useRevert(customer: CustomerView, entry: CustomerHistoryEntry, onDone: () => void): RevertInHand {
  const { customerCommands, directory } = useRelevo();
  const definitions = useStore(directory.attributes);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [conflicts, setConflicts] = useState(none);

  const attempt = async (task: () => Promise<unknown>): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    try {
      await task();
      setConflicts(none);
      onDone();
    } catch (error) {
      const refused = refusalOf(error);
      const found = conflictsIn(refused);
      if (found.size > 0) setConflicts(found);
      else setRefusal(refused);
    } finally {
      setBusy(false);
    }
  };
  /** Of the version whose values stand on the screen. */
  const edit = (isWanted: (id: string) => boolean): Promise<void> => {
    const values = new Map([...before(entry, definitions)].filter(([{ id }]) => isWanted(id)));
    const seen = Math.max(customer.version, ...[...conflicts.values()].map(({ version }) => version));
    return attempt(() => (values.size === 0 ? Promise.resolve() : customerCommands.update(customer.id, editOf(values, seen))));
  };
  return {
    isBusy,
    refusal,
    conflicts,
    revert: () => attempt(() => customerCommands.revert(customer.id, entry)),
    insist: () => edit(() => true),
    keepTheirs: () => edit((id) => !conflicts.has(id)),
    leave: () => setConflicts(none),
  };
}
