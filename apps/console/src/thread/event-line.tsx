import { useWhen } from '../i18n/use-when';
import classes from './event-line.module.css';
import { useEventWords } from './use-event-words';
import type { HappenedEntry } from './thread-items';

/** Something that happened, in words. */
export function EventLine({ entry }: { readonly entry: HappenedEntry }) {
  const say = useEventWords();
  const when = useWhen();
  const note = entry.type === 'transferred' ? entry.data.note : undefined;
  return (
    <div className={classes.event} data-event={entry.type}>
      <p className={classes.line}>
        {say(entry)}
        <time className={classes.time} dateTime={entry.at} title={when.full(entry.at)}>
          {when.time(entry.at)}
        </time>
      </p>
      {note !== undefined && <p className={classes.note}>{note}</p>}
    </div>
  );
}
