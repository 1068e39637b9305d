import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconPlus } from '../ui/icons';
import classes from './editing.module.css';
import type { Field } from './fields';

interface Props {
  readonly fields: readonly Field[];
  readonly isNews: (id: string) => boolean;
  readonly onSeen: (id: string) => void;
  readonly onBegin: (field: Field) => void;
}

/** What an admin wants to know of customers and nobody knows of this one. */
export function MissingFields({ fields, isNews, onSeen, onBegin }: Props) {
  const { t } = useTranslation('editing');
  if (fields.length === 0) return null;
  return (
    <>
      <h4 className={classes.missing}>{t('missing')}</h4>
      <ul className={classes.chips}>
        {fields.map((field) => {
          const { id, label, required } = field;
          const words = isNews(id) ? t('removed') : required ? t('required') : null;
          return (
            <li key={id}>
              <UnstyledButton
                className={classes.chip}
                aria-label={[t('add', { field: label }), ...(words === null ? [] : [words])].join(', ')}
                data-edit={id}
                data-news={isNews(id) || undefined}
                onPointerLeave={() => onSeen(id)}
                onBlur={() => onSeen(id)}
                onClick={() => onBegin(field)}
              >
                <IconPlus size={13} stroke={2} aria-hidden />
                <span>{words === null ? label : `${label} · ${words}`}</span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </>
  );
}
