import type { Customer } from '@relevo/client';
import type { CustomerView } from '@relevo/contracts';
import { useEffect, useRef, useState } from 'react';
import { useStore } from '../ui/use-store';
import type { Draft, Edits } from './edits';
import { useEdits } from './edits-context';
import type { Field } from './fields';

export interface FieldsInHand {
  readonly edits: Edits;
  /** Ids of what is being edited. */
  readonly edited: readonly string[];
  readonly draftOf: (field: Field) => Draft | undefined;
  readonly begin: (field: Field) => void;
  /** Begun here, and so to have the focus. */
  readonly begunId: string | null;
  readonly isNews: (id: string) => boolean;
  readonly seen: (id: string) => void;
}

/** The fields of a customer as the agent reads and edits them. */
export function useFields(customer: CustomerView, store: Customer): FieldsInHand {
  const edits = useEdits(customer.id);
  const drafts = useStore(edits);
  const { changed } = useStore(store);
  const [begunId, setBegunId] = useState<string | null>(null);
  const before = useRef(drafts);
  const returned = useRef<HTMLElement>(null);

  useEffect(() => edits.follow(customer), [edits, customer]);

  // What had the focus is gone with the editor; it goes back to where the editing began. A value that was taken out leaves
  // its row, and with it the focus, only when the customer is shown without it.
  useEffect(() => {
    const ended = [...before.current.keys()].find((id) => !drafts.has(id));
    before.current = drafts;
    const id = ended ?? (returned.current?.isConnected === false ? returned.current.dataset.edit : undefined);
    if (id === undefined || document.activeElement !== document.body) return;
    returned.current = document.querySelector<HTMLElement>(`[data-edit="${CSS.escape(id)}"]`);
    returned.current?.focus();
  }, [drafts, customer]);

  return {
    edits,
    begunId,
    edited: [...drafts.keys()],
    draftOf: ({ id }) => drafts.get(id),
    begin: (field) => {
      edits.begin(field, customer);
      setBegunId(field.id);
    },
    isNews: (id) => changed.includes(id),
    seen: (id) => store.seen(id),
  };
}
