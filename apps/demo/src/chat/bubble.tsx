import type { FileLinks } from '@relevo/client';
import { useTexts } from '../i18n/language-provider';
import { useTimes } from '../i18n/use-times';
import { Attachment } from './attachment';
import classes from './bubble.module.css';
import type { ChatItem } from './items';

type Props = Pick<Extract<ChatItem, { readonly kind: 'message' }>, 'entry' | 'startsGroup'> & { readonly links: FileLinks };

/** What was said, as it was said: nothing in it does anything. */
export function Bubble({ entry: { actor, at, data }, startsGroup, links }: Props) {
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
        {data.text !== '' && (
          <p className={classes.text} dir="auto">
            {data.text}
          </p>
        )}
        {data.attachments.map((attachment) => (
          <Attachment key={attachment.id} attachment={attachment} links={links} />
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
