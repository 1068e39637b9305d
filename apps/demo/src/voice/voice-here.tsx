import type { WidgetClient } from '@relevo/client';
import { fileOf, type Recording } from '@relevo/client/sound';
import { lazy, Suspense } from 'react';
import { useTexts } from '../i18n/language-provider';
import { useStore } from '../use-store';

const VoicePanel = lazy(async () => ({ default: (await import('./voice-panel')).VoicePanel }));

/** Records for a customer's chat. Loaded when it is first wanted; a recording that is left waits among the chosen files. */
export function VoiceHere({ visit, onClose }: { readonly visit: WidgetClient; readonly onClose: () => void }) {
  const texts = useTexts();
  const isEnabled = useStore(visit.voice);
  const choose = (recording: Recording) => visit.choose([fileOf(recording, texts.voiceFileName)]);
  return (
    <Suspense fallback={<p role="status">{texts.loading}</p>}>
      <VoicePanel isEnabled={isEnabled} onSend={(recording) => void visit.send('', choose(recording))} onLeave={choose} onClose={onClose} />
    </Suspense>
  );
}
