/** Where a sound has come to, in ms from its beginning, and how long it is. */
export interface SoundPlace {
  readonly atMs: number;
  readonly durationMs: number;
}

/** With the keyboard, in ms. */
const stepMs = 2_000;
const pageMs = 10_000;

const within = (ms: number, durationMs: number): number => Math.min(durationMs, Math.max(0, ms));

/** 0 to 1. */
export const partPlayed = ({ atMs, durationMs }: SoundPlace): number => (durationMs > 0 ? Math.min(1, atMs / durationMs) : 0);

/** Where a slider's key puts it, in ms (ARIA Authoring Practices, "slider"); undefined for a key that is none. */
export function placeOfKey(key: string, { atMs, durationMs }: SoundPlace): number | undefined {
  const places: Readonly<Record<string, number>> = { ArrowRight: atMs + stepMs, ArrowUp: atMs + stepMs, ArrowLeft: atMs - stepMs, ArrowDown: atMs - stepMs, PageUp: atMs + pageMs, PageDown: atMs - pageMs, Home: 0, End: durationMs };
  const place = places[key];
  return place === undefined ? undefined : within(place, durationMs);
}

/** Where a pointer at `clientX` puts it, in ms. */
export const placeAt = (clientX: number, { left, width }: Pick<DOMRect, 'left' | 'width'>, durationMs: number): number => within(((clientX - left) / width) * durationMs, durationMs);
