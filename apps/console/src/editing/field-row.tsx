import { ActionIcon } from '@mantine/core';
import type { CustomerView } from '@relevo/contracts';
import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconPencil } from '../ui/icons';
import type { Draft, Edits } from './edits';
import classes from './editing.module.css';
import { FieldEditor } from './field-editor';
import type { Field } from './fields';

interface Props {
  readonly field: Field;
  readonly customer: CustomerView;
  readonly edits: Edits;
  readonly draft: Draft | undefined;
  /** It was begun here, just now. */
  readonly isWanted: boolean;
  /** Somebody else changed it, and it was not looked at since. */
  readonly isNews: boolean;
  readonly onBegin: () => void;
  readonly onSeen: () => void;
  /** The value, as it is read. */
  readonly children: ReactNode;
}

/** One field: to be read, and with a click or the pencil's key to be edited in its place. */
export function FieldRow({ field, customer, edits, draft, isWanted, isNews, onBegin, onSeen, children }: Props) {
  const { t } = useTranslation('editing');
  const { label } = field;
  const begin = (event: MouseEvent): void => {
    const isOther = event.target instanceof Element && event.target.closest('a, button') !== null;
    // Whoever follows an address in it, unfolds it, or takes a part of it to copy, does not edit.
    if (!field.readOnly && !isOther && getSelection()?.isCollapsed !== false) onBegin();
  };
  return (
    <div className={classes.row} data-field={field.id} data-news={isNews || undefined} data-editing={draft !== undefined || undefined} onPointerLeave={onSeen} onBlur={onSeen}>
      <dt data-name={field.key === null || undefined}>
        {label}
        {isNews && !draft && <span className={classes.badge}>{t('changed')}</span>}
      </dt>
      <dd>
        {draft ? (
          <FieldEditor field={field} draft={draft} customer={customer} edits={edits} isWanted={isWanted} />
        ) : (
          <div className={classes.read}>
            <div className={classes.value} data-editable={!field.readOnly || undefined} onClick={begin}>
              {children}
            </div>
            {!field.readOnly && (
              <ActionIcon className={classes.pencil} aria-label={t('edit', { field: label })} title={t('edit', { field: label })} onClick={onBegin} data-edit={field.id}>
                <IconPencil size={15} stroke={1.7} />
              </ActionIcon>
            )}
          </div>
        )}
      </dd>
    </div>
  );
}
