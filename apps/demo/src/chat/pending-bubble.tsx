import { filesOf, type PendingEntry, waitsForFiles, type WidgetClient } from '@relevo/client';
import { useTexts } from '../i18n/language-provider';
import { useStore } from '../use-store';
import classes from './bubble.module.css';

/** Written, and not with the agents yet: on its way, waiting for the connection, or refused, with what to do about it. */
export function PendingBubble({ pending, visit }: { readonly pending: PendingEntry; readonly visit: WidgetClient }) {
  const { commandId, state, text } = pending;
  const texts = useTexts();
  const { status } = useStore(visit.connection);
  return (
    <div className={classes.row} data-side="own" data-pending={state}>
      <div className={classes.bubble}>
        {text !== '' && (
          <p className={classes.text} dir="auto">
            {text}
          </p>
        )}
        {filesOf(pending).map(({ uploadId, name, voice }) => (
          <p key={uploadId} className={classes.text} dir="auto">
            {voice ? texts.voice : name}
          </p>
        ))}
        {state === 'refused' ? (
          <div className={classes.refused} role="alert">
            <p>{texts.refused}</p>
            <button type="button" onClick={() => void visit.retry(commandId)}>
              {texts.retry}
            </button>
            <button type="button" onClick={() => void visit.discard(commandId)}>
              {texts.discard}
            </button>
          </div>
        ) : (
          <p className={classes.foot}>{status !== 'live' ? texts.waiting : waitsForFiles(pending) ? texts.uploading : texts.sending}</p>
        )}
      </div>
    </div>
  );
}
