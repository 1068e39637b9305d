import { timeFormatsOf } from '@relevo/client/times';
import { useMemo } from 'react';
import { useSpoken } from './language-provider';

export interface Times {
  /** `14:05`. */
  readonly time: (at: string) => string;
  /** `lunes 3 de marzo`. */
  readonly day: (at: string) => string;
}

/** In the reader's language and time zone. */
export function useTimes(): Times {
  const { language } = useSpoken();
  return useMemo(() => {
    const { time, thisYear } = timeFormatsOf(language);
    return { time: (at) => time.format(new Date(at)), day: (at) => thisYear.format(new Date(at)) };
  }, [language]);
}
