import type { ConversationView } from '@relevo/contracts';
import { useEffect, useState } from 'react';
import { isMine, maySend } from '../actions/applicable';
import { useMe } from '../session/relevo-context';
import { WriteFirst } from '../outbound/write-first';
import { usePassing } from '../shortcuts/passing';
import { filesOffered } from '../files/files-offered';
import { NoteNotice } from '../files/note-notice';
import { useChosenFiles } from '../files/use-chosen-files';
import { answerWanted } from './answer-wanted';
import { ClaimBar, OthersBar } from './bars';
import { ComposerField } from './composer-field';
import type { Mode } from './drafts';
import { ModeTabs } from './mode-tabs';
import { modeWanted } from './mode-wanted';
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
  const chosen = useChosenFiles(conversation.id);
  /** Files were offered to a note, which takes none. */
  const [wasTried, setTried] = useState(false);
  const isPassing = usePassing();
  /** How often the field was wanted; it takes the focus each time. */
  const [wishes, setWishes] = useState(isPassing ? 0 : 1);

  useEffect(() => {
    const choose = (mode: Mode): void => {
      setMode(mode);
      setWishes((count) => count + 1);
    };
    const stopHearing = [modeWanted.listen(choose), answerWanted.listen((id) => id === conversation.id && choose('message'))];
    return () => stopHearing.forEach((stop) => stop());
  }, [setMode, conversation.id]);

  const { add } = chosen;
  const { mode } = draft;
  useEffect(() => {
    setTried(false);
    return filesOffered.listen((files) => (mode === 'note' ? setTried(true) : add(files)));
  }, [mode, add]);

  if (conversation.status === 'closed') return <WriteFirst conversation={conversation} inHand={inHand} />;
  const mayAnswer = maySend(conversation, me);
  const bar = conversation.tray === 'assigned' ? <OthersBar conversation={conversation} maySend={mayAnswer} /> : <ClaimBar conversation={conversation} />;
  const isOthers = conversation.tray === 'assigned' && !isMine(conversation, me);
  return (
    <section className={classes.composer} data-mode={draft.mode}>
      <ModeTabs mode={draft.mode} onChange={(mode) => modeWanted.send(mode)} />
      {draft.mode === 'message' && !mayAnswer ? (
        bar
      ) : (
        <>
          {draft.mode === 'message' && isOthers && bar}
          {draft.mode === 'note' && <NoteNotice count={chosen.files.length} wasTried={wasTried} />}
          <ComposerField key={draft.mode} conversation={conversation} mode={draft.mode} inHand={inHand} chosen={chosen} wishes={wishes} seenSeq={seenSeq} />
        </>
      )}
    </section>
  );
}
