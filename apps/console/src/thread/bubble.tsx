import type { AttachmentView, DeliveryStatus } from '@relevo/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhen } from '../i18n/use-when';
import { Attachments } from '../files/attachments';
import { MentionedText } from '../mentions/mentioned-text';
import { useMe } from '../session/relevo-context';
import { Avatar } from '../ui/avatar';
import { IconNote } from '../ui/icons';
import classes from './bubble.module.css';
import { DeliveryTicks } from './delivery-ticks';

export interface BubbleProps {
  readonly kind: 'message' | 'note';
  /** On whose side of the conversation it stands. */
  readonly side: 'theirs' | 'ours';
  readonly author: { readonly id: string; readonly name: string };
  readonly startsGroup: boolean;
  /** Whoever reads it wrote it: they need not be told. */
  readonly isOwn?: boolean;
  readonly text: string;
  /** Of a note: ids of whom it calls. */
  readonly mentions?: readonly string[];
  readonly at: string;
  readonly attachments?: readonly AttachmentView[];
  /** In place of the attachments, of what is not sent yet. */
  readonly files?: ReactNode;
  readonly delivery?: DeliveryStatus | null;
  /** In place of the ticks, of what is not sent yet. */
  readonly state?: ReactNode;
  readonly below?: ReactNode;
}

/** A message or a note. A note looks like no message does: whole width, another ground, and it says what it is. */
export function Bubble({ kind, side, author, startsGroup, isOwn = false, text, mentions = [], at, attachments = [], files, delivery = null, state, below }: BubbleProps) {
  const { t } = useTranslation('thread');
  const when = useWhen();
  const me = useMe();
  const foot = (
    <span className={classes.foot}>
      <time dateTime={at} title={when.full(at)}>
        {when.time(at)}
      </time>
      {state ?? (kind === 'message' && side === 'ours' && <DeliveryTicks status={delivery} />)}
    </span>
  );
  return (
    <div className={classes.row} data-side={side} data-kind={kind} data-starts={startsGroup || undefined} data-calls={mentions.includes(me.id) || undefined}>
      {side === 'theirs' && <span className={classes.gutter}>{startsGroup && <Avatar id={author.id} name={author.name} size={28} />}</span>}
      <div className={classes.bubble}>
        {kind === 'note' && startsGroup && (
          <p className={classes.noteHead}>
            <IconNote size={14} aria-hidden />
            <strong>{t('note')}</strong>
            <span>· {author.name}</span>
            <span className={classes.noteHint}>{t('noteHint')}</span>
          </p>
        )}
        {kind === 'message' && startsGroup && !isOwn && <p className={classes.author}>{author.name}</p>}
        <div className={classes.said}>
          <div className={classes.text}>
            <MentionedText text={text} mentions={mentions} />
            <Attachments attachments={attachments} />
            {files}
          </div>
          {foot}
        </div>
        {below}
      </div>
    </div>
  );
}
