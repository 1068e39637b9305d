let context: AudioContext | null = null;
let last = -Infinity;

/** Many at once are heard as one. */
const pauseMs = 1_000;
/** Hz: a fifth upwards, soft enough for an office. */
const tones = [587.33, 880] as const;
const loudness = 0.12;

function play(audio: AudioContext, frequency: number, at: number): void {
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(loudness, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.4);
}

/** Whether somebody has touched this page: browsers let no other one be heard. */
export const mayBeHeard = (): boolean => navigator.userActivation.hasBeenActive;

/** Two tones, made here. Nothing where the page may not be heard, or there is nothing to hear it with. */
export async function chime(): Promise<void> {
  const now = performance.now();
  if (!mayBeHeard() || now - last < pauseMs) return;
  last = now;
  try {
    context ??= new AudioContext();
    if (context.state !== 'running') await context.resume();
    const start = context.currentTime;
    tones.forEach((frequency, index) => context && play(context, frequency, start + index * 0.13));
  } catch {
    // Said above.
  }
}
