import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/avatar';
import { useViewers, type ViewingColleague } from './use-viewers';
import classes from './viewers.module.css';

/** More would push the conversation's own name away. */
const shownAtMost = 3;

/** Who else has the conversation before them, and who of them is writing. */
export function Viewers({ conversationId }: { readonly conversationId: string }) {
  const { t, i18n } = useTranslation('viewing');
  const colleagues = useViewers(conversationId);
  const namesOf = (some: readonly ViewingColleague[]): string => new Intl.ListFormat(i18n.language).format(some.map(({ name }) => name));
  const writers = colleagues.filter(({ isWriting }) => isWriting);
  const viewing = t('viewing', { count: colleagues.length, names: namesOf(colleagues) });
  const words = writers.length === 0 ? viewing : `${viewing}. ${t('writing', { count: writers.length, names: namesOf(writers) })}.`;
  // Always there: what appears in it is read out.
  return (
    <div role="status" className={classes.status}>
      {colleagues.length > 0 && (
        <Tooltip label={words} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
          <span className={classes.viewers} role="img" aria-label={words} tabIndex={0} data-viewers={colleagues.length}>
            {colleagues.slice(0, shownAtMost).map(({ id, name, isWriting }) => (
              <span key={id} className={classes.viewer} data-writing={isWriting || undefined}>
                <Avatar id={id} name={name} size={26} />
              </span>
            ))}
            {colleagues.length > shownAtMost && (
              <span className={classes.more} aria-hidden>
                +{colleagues.length - shownAtMost}
              </span>
            )}
          </span>
        </Tooltip>
      )}
    </div>
  );
}
