import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';
import classes from './typing-line.module.css';

export function TypingLine({ conversationId }: { readonly conversationId: string }) {
  const { t } = useTranslation('thread');
  const { typing } = useRelevo();
  const me = useMe();
  const actors = useStore(useMemo(() => typing.of(conversationId), [typing, conversationId]));
  const others = actors.filter(({ kind, id }) => kind !== 'agent' || id !== me.id);
  return (
    <p className={classes.line} role="status">
      {others.length > 0 && (
        <>
          <span className={classes.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          {others.map(({ kind, name }) => (kind === 'customer' ? t('customerTyping') : t('typing', { name }))).join(' ')}
        </>
      )}
    </p>
  );
}
