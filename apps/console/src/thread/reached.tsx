import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhen } from '../i18n/use-when';
import type { HappenedEntry, WrittenEntry } from './thread-items';
import { useAuthorName } from './use-author-name';
import { useEventWords } from './use-event-words';

/** What is there together with its place is not read out: a moment later it is news. */
const newsAfterMs = 100;

/** Enough to know it by. */
const beginning = 160;

/** Says where one was brought to, to whoever does not see it stand out. */
export function Reached({ entry }: { readonly entry: WrittenEntry | HappenedEntry | null }) {
  const { t } = useTranslation('thread');
  const when = useWhen();
  const nameOf = useAuthorName();
  const say = useEventWords();
  const [said, setSaid] = useState('');
  const textOf = (of: WrittenEntry | HappenedEntry): string => {
    if (of.type === 'note') return `${t('note')}, ${nameOf(of.actor)}: ${of.data.text}`;
    if (of.type === 'message') return `${nameOf(of.actor)}: ${of.data.text || of.data.attachments.map(({ name }) => name).join(', ')}`;
    return of.type === 'transferred' && of.data.note !== undefined ? `${say(of)}: ${of.data.note}` : say(of);
  };
  const text = entry ? t('reached', { when: when.full(entry.at), what: Array.from(textOf(entry)).slice(0, beginning).join('') }) : '';
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), newsAfterMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <VisuallyHidden role="status" data-reached-words>
      {said}
    </VisuallyHidden>
  );
}
