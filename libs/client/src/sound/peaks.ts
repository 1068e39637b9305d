/** Bars of a waveform, as the gateway counts them. */
const bars = 64;
const highest = 100;

/** Loudness over time as bars of 0 to 100, the loudest of each stretch; the loudest of all is the highest bar. */
export function peaksOf(levels: readonly number[]): number[] {
  if (levels.length === 0) return [];
  const loudest = Math.max(...levels, Number.EPSILON);
  const count = Math.min(bars, levels.length);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((index + 1) * levels.length) / count));
    return Math.round((Math.max(...levels.slice(from, to)) / loudest) * highest);
  });
}
