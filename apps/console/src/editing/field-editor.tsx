import { ActionIcon, Button } from '@mantine/core';
import { fieldOf } from '@relevo/client';
import type { CustomerView } from '@relevo/contracts';
import { type KeyboardEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { IconTrash } from '../ui/icons';
import { useStore } from '../ui/use-store';
import { ConflictChoice } from './conflict-choice';
import type { Draft, Edits } from './edits';
import classes from './editing.module.css';
import { FieldInput, meaningOfKey } from './field-input';
import type { Field } from './fields';
import { useRefusalWords } from './use-refusal-words';
import { useShownValue } from './use-shown-value';
import { inputOf } from './values';

interface Props {
  readonly field: Field;
  readonly draft: Draft;
  readonly customer: CustomerView;
  readonly edits: Edits;
  readonly isWanted: boolean;
}

/** A field while it is edited, in its place. Whatever others make of it meanwhile is told, and takes nothing away. */
export function FieldEditor({ field, draft, customer, edits, isWanted }: Props) {
  const { t } = useTranslation('editing');
  const { status } = useStore(useRelevo().connection);
  const words = useRefusalWords();
  const show = useShownValue();
  const hintId = useId();
  const { text, initial, isSaving, refusal, conflict } = draft;
  const now = fieldOf(customer, field.id);
  const isOvertaken = !isSaving && ![initial, text].includes(inputOf(now));

  const press = (event: KeyboardEvent): void => {
    const meaning = meaningOfKey(event);
    if (meaning === null) return;
    event.preventDefault();
    // The pane around it closes by the same key.
    event.stopPropagation();
    if (meaning === 'save') void edits.save(field);
    else if (isSaving) edits.stopWaiting(field.id);
    else edits.cancel(field.id);
  };

  if (conflict) return <ConflictChoice field={field} draft={draft} conflict={conflict} customer={customer} edits={edits} />;
  const hint = isSaving ? t(status === 'live' ? 'saving' : 'waiting') : t(field.type === 'text' ? 'keysLong' : 'keys');
  return (
    <div className={classes.editor} onKeyDown={press}>
      <FieldInput field={field} text={text} error={refusal && words(field, refusal)} describedBy={hintId} isSaving={isSaving} isWanted={isWanted} onType={(typed) => edits.type(field.id, typed)} />
      {isOvertaken && (
        <p className={classes.meanwhile} role="status">
          {now === null ? t('meanwhileGone') : t('meanwhile', { value: show(now, field.type) })}
        </p>
      )}
      <p id={hintId} className={classes.hint} data-waiting={isSaving || undefined}>
        {hint}
      </p>
      <div className={classes.buttons}>
        <Button loading={isSaving} onClick={() => void edits.save(field)}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={() => (isSaving ? edits.stopWaiting(field.id) : edits.cancel(field.id))}>
          {t('cancel')}
        </Button>
        {now !== null && !field.required && (
          <ActionIcon className={classes.clear} color="red" aria-label={t('clear', { field: field.label })} title={t('clear', { field: field.label })} disabled={isSaving} onClick={() => void edits.clear(field)}>
            <IconTrash size={16} stroke={1.7} />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}
