import { ActionIcon, Button } from '@mantine/core';
import { clockText, isOver, type Recording, VoiceDraft } from '@relevo/client/sound';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconMicrophone, IconPlayerPause, IconSend2, IconSquare, IconTrash } from '../ui/icons';
import { useStore } from '../ui/use-store';
import { Preview } from './preview';
import classes from './voice-panel.module.css';

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
  const { t } = useTranslation('voice');
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
    if (!isEnabled) return <Words isAlarm>{t('disabled')}</Words>;
    if (isOver(status)) return <Words isAlarm>{t(status)}</Words>;
    if (isSending) return <Words>{t('preparing')}</Words>;
    if (status === 'asking') return <Words>{t('asking')}</Words>;
    if (recording) return <Preview recording={recording} />;
    return <Running isPaused={status === 'paused'} ms={ms} level={level} draft={draft} />;
  };
  return (
    <div className={classes.panel} role="group" aria-label={t('panel')} data-voice={status}>
      <ActionIcon size="lg" aria-label={t('discard')} title={t('discard')} onClick={discard}>
        <IconTrash size={18} />
      </ActionIcon>
      {body()}
      {isEnabled && (recording !== null || status === 'recording' || status === 'paused') && (
        <Button size="xs" leftSection={<IconSend2 size={15} />} loading={isSending} onClick={() => void send()}>
          {t('send')}
        </Button>
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

interface RunningProps {
  readonly isPaused: boolean;
  readonly ms: number;
  readonly level: number;
  readonly draft: VoiceDraft;
}

function Running({ isPaused, ms, level, draft }: RunningProps) {
  const { t } = useTranslation('voice');
  return (
    <>
      <span className={classes.dot} data-paused={isPaused || undefined} />
      <span className={classes.time} data-time>
        {clockText(ms)}
      </span>
      <span className={classes.status} role="status">
        {t(isPaused ? 'paused' : 'recording')}
      </span>
      <div className={classes.level} role="meter" aria-label={t('level')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(level * 100)}>
        <span style={{ transform: `scaleX(${Math.sqrt(level)})` }} />
      </div>
      <ActionIcon size="lg" aria-label={t(isPaused ? 'resume' : 'pause')} title={t(isPaused ? 'resume' : 'pause')} onClick={() => (isPaused ? draft.resume() : draft.pause())} data-autofocus>
        {isPaused ? <IconMicrophone size={18} /> : <IconPlayerPause size={18} />}
      </ActionIcon>
      <ActionIcon size="lg" aria-label={t('finish')} title={t('finish')} onClick={() => void draft.finish()}>
        <IconSquare size={17} />
      </ActionIcon>
    </>
  );
}
