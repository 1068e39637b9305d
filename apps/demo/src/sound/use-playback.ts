import type { Playback, PlaybackState } from '@relevo/client/sound';
import { type RefObject, useEffect, useRef } from 'react';
import { useStore } from '../use-store';

/** A playback for as long as its player is shown; `host` is the player's element. */
export function usePlayback(playback: Playback): PlaybackState & { readonly host: RefObject<HTMLDivElement | null> } {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    host.current?.append(playback.audio);
    return () => {
      playback.stop();
      playback.audio.remove();
    };
  }, [playback]);
  return { host, ...useStore(playback) };
}
