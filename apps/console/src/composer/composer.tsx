import type { ConversationView } from '@relevo/contracts';
import { isMine, maySend } from '../actions/applicable';
import { useMe } from '../session/relevo-context';
import { ClosedBar, ClaimBar, OthersBar } from './bars';
import { ComposerField } from './composer-field';
import { ModeTabs } from './mode-tabs';
import classes from './composer.module.css';
import { useDraft } from './use-draft';

interface Props {
  readonly conversation: ConversationView;
  /** The last entry that the thread shows: what the writer has seen. */
  readonly seenSeq: number;
}

/** Where one writes: to the customer, or a note. Which of both it is shows in its ground, its words and its button. */
export function Composer({ conversation, seenSeq }: Props) {
  const me = useMe();
  const inHand = useDraft(conversation.id);
  const { draft, setMode } = inHand;

  if (conversation.status === 'closed') return <ClosedBar />;
  const mayAnswer = maySend(conversation, me);
  const bar = conversation.tray === 'assigned' ? <OthersBar conversation={conversation} /> : <ClaimBar conversation={conversation} />;
  const isOthers = conversation.tray === 'assigned' && !isMine(conversation, me);
  return (
    <section className={classes.composer} data-mode={draft.mode}>
      <ModeTabs mode={draft.mode} onChange={setMode} />
      {draft.mode === 'message' && !mayAnswer ? (
        bar
      ) : (
        <>
          {draft.mode === 'message' && isOthers && bar}
          <ComposerField key={draft.mode} conversation={conversation} mode={draft.mode} inHand={inHand} seenSeq={seenSeq} />
        </>
      )}
    </section>
  );
}
