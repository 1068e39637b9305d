const step = 1024;
const units = ['byte', 'kilobyte', 'megabyte'] as const;

/** `820 bytes`, `12 kB`, `3,4 MB`, in the reader's language. Steps of 1024, as the limits are counted. */
export function sizeText(bytes: number, language: string): string {
  const power = Math.min(units.length - 1, bytes < step ? 0 : Math.floor(Math.log(bytes) / Math.log(step)));
  const value = bytes / step ** power;
  return new Intl.NumberFormat(language, { style: 'unit', unit: units[power], unitDisplay: power === 0 ? 'long' : 'short', maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 }).format(value);
}
