import { VisuallyHidden } from '@mantine/core';
import type { CustomerView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { attributeField } from '../editing/fields';
import { useShownValue } from '../editing/use-shown-value';
import { useRelevo } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { IconCheck } from '../ui/icons';
import { useStore } from '../ui/use-store';
import classes from './facts-table.module.css';
import { mergedAttributes, nameHolds } from './merged';

interface Row {
  readonly key: string;
  readonly label: string;
  readonly goes: string;
  readonly stays: string;
  readonly holds: 'goes' | 'stays' | 'both';
}

/** What is known of both, and which of it will hold. */
export function FactsTable({ stays, goes }: { readonly stays: CustomerView; readonly goes: CustomerView }) {
  const { t } = useTranslation('merging');
  const { t: common } = useTranslation('common');
  const definitions = useStore(useRelevo().directory.attributes);
  const { channels } = useDirectory();
  const show = useShownValue();
  const nameOf = ({ name }: CustomerView): string => name || common('unnamedCustomer');
  const calledOf = ({ identities }: CustomerView): string => identities.map(({ channelId, externalId }) => `${channels.get(channelId)?.name ?? ''} ${externalId}`.trim()).join('\n');
  const rows: Row[] = [
    { key: 'name', label: t('name'), goes: nameOf(goes), stays: nameOf(stays), holds: nameHolds(stays) },
    { key: 'channels', label: t('channels'), goes: calledOf(goes), stays: calledOf(stays), holds: 'both' },
    ...mergedAttributes(stays, goes).map((fact) => {
      const { label, type } = attributeField(fact.key, definitions);
      return { key: `attributes.${fact.key}`, label, goes: show(fact.goes, type), stays: show(fact.stays, type), holds: fact.holds };
    }),
  ];
  return (
    <div className={classes.frame} tabIndex={0} role="group" aria-label={t('facts')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('fact')}</th>
            <th scope="col">{t('goes')}</th>
            <th scope="col">{t('stays')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, holds, ...values }) => (
            <tr key={key} data-fact={key}>
              <th scope="row">{label}</th>
              {(['goes', 'stays'] as const).map((side) => (
                <td key={side} data-holds={holds === side || holds === 'both' || undefined}>
                  {values[side]}
                  {values[side] !== '' && (holds === side || holds === 'both') && (
                    <>
                      <IconCheck className={classes.tick} size={14} aria-hidden />
                      <VisuallyHidden>{`, ${t('holds')}`}</VisuallyHidden>
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
