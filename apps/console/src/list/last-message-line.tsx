import type { ConversationView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import classes from './last-message-line.module.css';
import { useLastWords } from './use-last-words';

/** Who said the last thing, and its beginning. */
export function LastMessageLine({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation('list');
  const me = useMe();
  const { agents } = useDirectory();
  const lastWords = useLastWords();
  const { lastMessage, assigneeId } = conversation;
  if (!lastMessage) return <span className={classes.line}>{lastWords(null)}</span>;

  const speaker = (): string | null => {
    if (lastMessage.authorKind === 'bot') return t('botSaid');
    if (lastMessage.authorKind !== 'agent') return null;
    const assignee = assigneeId === null ? undefined : agents.get(assigneeId);
    // The view does not tell which agent; who attends is who answers, as a rule.
    return assigneeId === me.id || !assignee ? t('youSaid') : t('agentSaid', { name: assignee.name.split(' ')[0] ?? '' });
  };
  const who = speaker();
  return (
    <span className={classes.line}>
      {who !== null && <span className={classes.who}>{who} </span>}
      {lastWords(lastMessage)}
    </span>
  );
}
