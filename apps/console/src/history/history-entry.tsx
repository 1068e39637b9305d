import { Button } from '@mantine/core';
import type { CustomerHistoryEntry, CustomerView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useWhen } from '../i18n/use-when';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { IconArrowBackUp } from '../ui/icons';
import { useStore } from '../ui/use-store';
import classes from './history.module.css';
import { RevertConflict } from './revert-conflict';
import { isRevertible } from './revertible';
import { useHistoryWords } from './use-history-words';
import { useRevert } from './use-revert';

interface Props {
  readonly customer: CustomerView;
  readonly entry: CustomerHistoryEntry;
  readonly onReverted: () => void;
}

/** Who did what to a customer and when; and what can be taken back of it. */
export function HistoryEntry({ customer, entry, onReverted }: Props) {
  const { t } = useTranslation('history');
  const definitions = useStore(useRelevo().directory.attributes);
  const say = useSay();
  const when = useWhen();
  const words = useHistoryWords()(entry);
  const inHand = useRevert(customer, entry, onReverted);
  if (words === null) return null;
  const { title, lines } = words;
  const isContested = inHand.conflicts.size > 0;
  return (
    <li className={classes.entry} data-entry={entry.seq} data-type={entry.type}>
      <div className={classes.head}>
        <span className={classes.title}>{title}</span>
        <time dateTime={entry.at} title={when.full(entry.at)}>
          {when.short(entry.at)}
        </time>
      </div>
      {lines.length > 0 && (
        <ul className={classes.lines}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {isContested && <RevertConflict customer={customer} entry={entry} inHand={inHand} />}
      {inHand.refusal && (
        <p className={classes.refused} role="alert">
          {t('notReverted', { reason: say(inHand.refusal.code) })}
        </p>
      )}
      {!isContested && isRevertible(entry, customer, definitions) && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconArrowBackUp size={14} />}
          loading={inHand.isBusy}
          aria-label={t('revertOf', { title, at: when.full(entry.at) })}
          onClick={() => void inHand.revert()}
        >
          {t('revert')}
        </Button>
      )}
    </li>
  );
}
