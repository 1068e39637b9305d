import type { ConversationView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import classes from './last-message-line.module.css';
import { useLastWords } from './use-last-words';

/** Who said the last thing, and its beginning. */
export function LastMessageLine({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation('list');
  const { t: thread } = useTranslation('thread');
  const me = useMe();
  const { agents } = useDirectory();
  const lastWords = useLastWords();
  const { lastMessage } = conversation;
  if (!lastMessage) return <span className={classes.line}>{lastWords(null)}</span>;

  const speaker = (): string | null => {
    if (lastMessage.authorKind === 'bot') return t('botSaid');
    if (lastMessage.authorKind !== 'agent') return null;
    const { authorId } = lastMessage;
    if (authorId === me.id) return t('youSaid');
    const author = authorId === undefined ? undefined : agents.get(authorId);
    return t('agentSaid', { name: author?.name.split(' ')[0] ?? thread('unknownAgent') });
  };
  const who = speaker();
  return (
    <span className={classes.line}>
      {who !== null && <span className={classes.who}>{who} </span>}
      {lastWords(lastMessage)}
    </span>
  );
}
