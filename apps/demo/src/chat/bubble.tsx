import { useTexts } from '../i18n/language-provider';
import { useTimes } from '../i18n/use-times';
import classes from './bubble.module.css';
import type { ChatItem } from './items';

type Props = Pick<Extract<ChatItem, { readonly kind: 'message' }>, 'entry' | 'startsGroup'>;

/** What was said, as it was said: nothing in it does anything. */
export function Bubble({ entry: { actor, at, data }, startsGroup }: Props) {
  const texts = useTexts();
  const times = useTimes();
  const isOwn = actor.kind === 'customer';
  return (
    <div className={classes.row} data-side={isOwn ? 'own' : 'theirs'} data-starts={startsGroup || undefined}>
      {startsGroup && !isOwn && (
        <p className={classes.author} dir="auto">
          {actor.kind === 'agent' ? actor.name : texts.bot}
        </p>
      )}
      <div className={classes.bubble}>
        <p className={classes.text} dir="auto">
          {data.text}
        </p>
        {data.attachments.map(({ id, name }) => (
          <p key={id} className={classes.text} dir="auto">
            {texts.attachment(name)}
          </p>
        ))}
        <p className={classes.foot}>
          <time dateTime={at}>{times.time(at)}</time>
          {isOwn && (
            <span role="img" aria-label={texts.received} title={texts.received} data-received>
              ✓
            </span>
          )}
        </p>
      </div>
    </div>
  );
}
