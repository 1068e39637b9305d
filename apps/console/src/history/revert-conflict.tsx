import { Button } from '@mantine/core';
import { fieldOf } from '@relevo/client';
import type { CustomerHistoryEntry, CustomerView } from '@relevo/contracts';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SideBySide } from '../editing/side-by-side';
import { useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';
import classes from './history.module.css';
import { changedField } from './revertible';
import type { RevertInHand } from './use-revert';

interface Props {
  readonly customer: CustomerView;
  readonly entry: CustomerHistoryEntry;
  readonly inHand: RevertInHand;
}

/** What was to be taken back was changed again: both are shown, and nothing is done until one was chosen. */
export function RevertConflict({ customer, entry, inHand }: Props) {
  const { t } = useTranslation('history');
  const { t: editing } = useTranslation('editing');
  const { t: words } = useTranslation('customer');
  const definitions = useStore(useRelevo().directory.attributes);
  const box = useRef<HTMLDivElement>(null);
  const { conflicts, isBusy } = inHand;
  const contested = entry.changes.filter(({ field }) => conflicts.has(field));
  const hasRest = contested.length < entry.changes.length;

  useEffect(() => box.current?.focus(), []);

  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    inHand.leave();
  };
  return (
    <div ref={box} className={classes.conflict} role="group" aria-label={t('revert')} tabIndex={-1} onKeyDown={press}>
      {contested.map(({ field: id, from }) => {
        const { label, type } = changedField(id, definitions, words('name'));
        const conflict = conflicts.get(id);
        const now = conflict && conflict.version > customer.version ? conflict.theirs : fieldOf(customer, id);
        return (
          <div key={id} className={classes.contested}>
            <p className={classes.words} role="alert">
              {t('conflict', { field: label })}
            </p>
            <SideBySide type={type} left={{ label: t('earlier'), value: from }} right={{ label: editing('theirs'), value: now }} />
          </div>
        );
      })}
      <div className={classes.buttons}>
        <Button loading={isBusy} onClick={() => void inHand.insist()}>
          {t('insist')}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => void inHand.keepTheirs()}>
          {t(hasRest ? 'revertRest' : 'keepTheirs')}
        </Button>
      </div>
    </div>
  );
}
