import type { AttributeType } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import classes from './editing.module.css';
import { useShownValue } from './use-shown-value';

interface Side {
  readonly label: string;
  /** Null: nothing is there. */
  readonly value: unknown;
  readonly note?: string | undefined;
}

interface Props {
  readonly type: AttributeType;
  readonly left: Side;
  readonly right: Side;
}

/** Two values of one field, to choose between. */
export function SideBySide({ type, left, right }: Props) {
  const { t } = useTranslation('editing');
  const show = useShownValue();
  return (
    <dl className={classes.sides}>
      {[left, right].map(({ label, value, note }) => (
        <div key={label} className={classes.side}>
          <dt>{label}</dt>
          <dd data-empty={value === null || undefined}>{value === null ? t('none') : show(value, type)}</dd>
          {note !== undefined && <dd className={classes.note}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
