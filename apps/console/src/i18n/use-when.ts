import { timeFormatsOf } from '@relevo/client/times';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface When {
  /** `14:05`. */
  readonly time: (at: string) => string;
  /** `Hoy`, `Ayer`, `lunes 3 de marzo`, with the year where it is another. */
  readonly day: (at: string, now?: number) => string;
  /** Today the time, else the date: for narrow places. */
  readonly short: (at: string, now?: number) => string;
  /** Date and time. */
  readonly full: (at: string) => string;
}

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Whole days between two moments, as the clock on the wall counts them; hours that summer time adds do not matter. */
export const daysBetween = (earlier: number, later: number): number => Math.round((midnight(later) - midnight(earlier)) / 86_400_000);

/** Times in the reader's language and time zone. */
export function useWhen(): When {
  const { t, i18n } = useTranslation('common');
  return useMemo(() => {
    const { time, thisYear, otherYear, shortDay, full } = timeFormatsOf(i18n.language);
    const isThisYear = (at: Date, now: number): boolean => at.getFullYear() === new Date(now).getFullYear();
    return {
      time: (at) => time.format(new Date(at)),
      day: (at, now = Date.now()) => {
        const date = new Date(at);
        const days = daysBetween(date.getTime(), now);
        if (days === 0) return t('today');
        if (days === 1) return t('yesterday');
        return (isThisYear(date, now) ? thisYear : otherYear).format(date);
      },
      short: (at, now = Date.now()) => (daysBetween(Date.parse(at), now) === 0 ? time : shortDay).format(new Date(at)),
      full: (at) => full.format(new Date(at)),
    };
  }, [t, i18n.language]);
}
