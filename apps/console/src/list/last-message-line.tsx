import type { ConversationView } from '@relevo/contracts';
import classes from './last-message-line.module.css';
import { useLastWords } from './use-last-words';
import { useSpeaker } from './use-speaker';

/** Who said the last thing, and its beginning. */
export function LastMessageLine({ conversation }: { readonly conversation: ConversationView }) {
  const lastWords = useLastWords();
  const speaker = useSpeaker();
  const { lastMessage } = conversation;
  if (!lastMessage) return <span className={classes.line}>{lastWords(null)}</span>;
  const who = speaker({ kind: lastMessage.authorKind, id: lastMessage.authorId });
  return (
    <span className={classes.line}>
      {who !== null && <span className={classes.who}>{who} </span>}
      {lastWords(lastMessage)}
    </span>
  );
}
