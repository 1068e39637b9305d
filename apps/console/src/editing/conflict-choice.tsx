import { Button } from '@mantine/core';
import { fieldOf } from '@relevo/client';
import type { CustomerView } from '@relevo/contracts';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useProvenance } from '../customer/use-provenance';
import type { Conflict, Draft, Edits } from './edits';
import classes from './editing.module.css';
import { type Field, keyOf } from './fields';
import { SideBySide } from './side-by-side';
import { useRefusalWords } from './use-refusal-words';
import { meantBy } from './values';

interface Props {
  readonly field: Field;
  readonly draft: Draft;
  readonly conflict: Conflict;
  readonly customer: CustomerView;
  readonly edits: Edits;
}

/** Somebody else changed the same: both are shown, and nothing is done until one was chosen. */
export function ConflictChoice({ field, draft, conflict, customer, edits }: Props) {
  const { t } = useTranslation('editing');
  const provenance = useProvenance();
  const words = useRefusalWords();
  const box = useRef<HTMLDivElement>(null);
  // What was answered may be older than what came since, or newer.
  const isLive = customer.version >= conflict.version;
  const theirs = isLive ? fieldOf(customer, field.id) : conflict.theirs;
  const attribute = isLive ? customer.attributes[keyOf(field.id) ?? ''] : undefined;

  // Not a button: the Enter that saved may still be held down.
  useEffect(() => box.current?.focus(), []);

  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    edits.goOn(field.id, customer.version);
  };
  return (
    <div ref={box} className={classes.conflict} role="group" aria-label={t('conflict', { field: field.label })} tabIndex={-1} onKeyDown={press} data-conflict={field.id}>
      <p className={classes.conflictWords} role="alert">
        {t('conflict', { field: field.label })}
      </p>
      <SideBySide
        type={field.type}
        left={{ label: t('yours'), value: meantBy(draft.text, field.type) }}
        right={{ label: t('theirs'), value: theirs, note: attribute && provenance(attribute) }}
      />
      {draft.refusal && (
        <p className={classes.refused} role="alert">
          {words(field, draft.refusal)}
        </p>
      )}
      <div className={classes.buttons}>
        <Button loading={draft.isSaving} onClick={() => void edits.insist(field, customer.version)}>
          {t('insist')}
        </Button>
        <Button variant="default" disabled={draft.isSaving} onClick={() => edits.cancel(field.id)}>
          {t('keepTheirs')}
        </Button>
        <Button variant="subtle" color="gray" disabled={draft.isSaving} onClick={() => edits.goOn(field.id, customer.version)}>
          {t('goOn')}
        </Button>
      </div>
    </div>
  );
}
