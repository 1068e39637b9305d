import { isOver, type Recording, VoiceDraft } from '@relevo/client/sound';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/language-provider';
import { useStore } from '../use-store';
import { Preview } from './preview';
import { Running } from './running';
import classes from './voice.module.css';

export interface VoicePanelProps {
  /** Voice messages may be sent; that may end while one records. */
  readonly isEnabled: boolean;
  readonly onSend: (recording: Recording) => void;
  /** The panel goes away with a recording that was neither sent nor discarded. */
  readonly onLeave: (recording: Recording) => void;
  readonly onClose: () => void;
}

/** Where a voice message is recorded, listened to, and sent or discarded. */
export function VoicePanel({ isEnabled, onSend, onLeave, onClose }: VoicePanelProps) {
  const texts = useTexts();
  const [draft] = useState(() => new VoiceDraft());
  const [isSending, setSending] = useState(false);
  const { status, ms, level, recording } = useStore(draft);
  const leave = useRef(onLeave);
  leave.current = onLeave;

  useEffect(() => {
    draft.begin();
    return () => void draft.leave().then((left) => left && leave.current(left));
  }, [draft]);

  const discard = (): void => {
    draft.discard();
    onClose();
  };
  const send = async (): Promise<void> => {
    setSending(true);
    const made = await draft.take();
    if (made) onSend(made);
    onClose();
  };

  const body = (): ReactNode => {
    if (!isEnabled) return <Words isAlarm>{texts.voiceDisabled}</Words>;
    if (isOver(status)) return <Words isAlarm>{texts.microphone[status]}</Words>;
    if (isSending) return <Words>{texts.preparing}</Words>;
    if (status === 'asking') return <Words>{texts.askingMicrophone}</Words>;
    if (recording) return <Preview recording={recording} />;
    return <Running isPaused={status === 'paused'} ms={ms} level={level} draft={draft} />;
  };
  return (
    <div className={classes.panel} role="group" aria-label={texts.voice} data-voice={status}>
      <button type="button" className="quiet" aria-label={texts.discardRecording} title={texts.discardRecording} onClick={discard}>
        <span aria-hidden>✕</span>
      </button>
      {body()}
      {isEnabled && (recording !== null || status === 'recording' || status === 'paused') && (
        <button type="button" className="primary" disabled={isSending} onClick={() => void send()}>
          {texts.send}
        </button>
      )}
    </div>
  );
}

function Words({ isAlarm = false, children }: { readonly isAlarm?: boolean; readonly children: ReactNode }) {
  return (
    <p className={classes.words} role={isAlarm ? 'alert' : 'status'}>
      {children}
    </p>
  );
}
