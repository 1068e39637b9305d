import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { RichText } from '../ui/rich-text';
import { spansOf } from './mentions';
import classes from './mentions.module.css';

interface Props {
  readonly text: string;
  /** Ids, as the note carries them. */
  readonly mentions: readonly string[];
}

function Mention({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const me = useMe();
  return (
    <span className={classes.mention} data-mention={id === me.id ? 'me' : 'other'}>
      {children}
    </span>
  );
}

/** A note with those it names, each with a ground of their own; whose name it does not spell, because they have another now, stand below. */
export function MentionedText({ text, mentions }: Props) {
  const { t } = useTranslation('thread');
  const { agents } = useDirectory();
  const people = mentions.map((id) => ({ id, name: agents.get(id)?.name ?? '' }));
  const spans = spansOf(text, people);
  const parts: ReactNode[] = [];
  let end = 0;
  for (const span of spans) {
    parts.push(
      <RichText key={`t${end}`} text={text.slice(end, span.start)} />,
      <Mention key={span.start} id={span.id}>
        {text.slice(span.start, span.end)}
      </Mention>,
    );
    end = span.end;
  }
  const unspelled = people.filter(({ id }) => !spans.some((span) => span.id === id));
  return (
    <>
      {parts}
      <RichText text={text.slice(end)} />
      {unspelled.length > 0 && (
        <span className={classes.unspelled}>
          {t('mentions')}{' '}
          {unspelled.map(({ id, name }) => (
            <Fragment key={id}>
              <Mention id={id}>@{name || t('unknownAgent')}</Mention>{' '}
            </Fragment>
          ))}
        </span>
      )}
    </>
  );
}
