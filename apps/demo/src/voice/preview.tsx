import { Playback, type Recording } from '@relevo/client/sound';
import { useEffect, useMemo, useState } from 'react';
import { useTexts } from '../i18n/language-provider';
import { SoundPlayer } from '../sound/sound-player';

/** A recording before anybody else hears it. */
export function Preview({ recording: { content, voice } }: { readonly recording: Recording }) {
  const texts = useTexts();
  const [url] = useState(() => URL.createObjectURL(content));
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const playback = useMemo(() => new Playback(url, { of: (source) => Promise.resolve(source), doubt: () => undefined }), [url]);
  return <SoundPlayer name={texts.voice} playback={playback} peaks={voice.peaks} durationMs={voice.durationMs} />;
}
