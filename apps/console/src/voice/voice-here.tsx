import { Loader } from '@mantine/core';
import { fileOf, type Recording } from '@relevo/client/sound';
import type { ConversationView } from '@relevo/contracts';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { useVoiceEnabled } from './use-voice-enabled';

const VoicePanel = lazy(async () => ({ default: (await import('./voice-panel')).VoicePanel }));

interface Props {
  readonly conversation: ConversationView;
  readonly seenSeq: number;
  readonly onClose: () => void;
}

/** Records for a conversation. Loaded when it is first wanted; a recording that is left waits among the chosen files. */
export function VoiceHere({ conversation, seenSeq, onClose }: Props) {
  const { t } = useTranslation('voice');
  const { uploads, outbox } = useRelevo();
  const isEnabled = useVoiceEnabled(conversation);
  const { id } = conversation;
  const choose = (recording: Recording) => uploads.choose(id, [fileOf(recording, t('fileName'))]);
  return (
    <Suspense fallback={<Loader size="sm" m="md" />}>
      <VoicePanel isEnabled={isEnabled} onSend={(recording) => void outbox.message(id, { text: '', seenSeq, files: choose(recording) })} onLeave={choose} onClose={onClose} />
    </Suspense>
  );
}
