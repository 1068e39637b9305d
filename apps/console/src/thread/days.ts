const two = (number: number): string => String(number).padStart(2, '0');

/** The day as the clock on the wall has it, `2026-03-07`: as a date field holds it. */
export const dayOf = (at: Date): string => `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** When a day begins on the clock on the wall; null for what is none. */
export function startOf(day: string): Date | null {
  const [, year, month, date] = /^(\d{4,6})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return null;
  const start = new Date(Number(year), Number(month) - 1, Number(date));
  return Number.isNaN(start.getTime()) ? null : start;
}
