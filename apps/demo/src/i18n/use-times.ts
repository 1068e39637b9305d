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
    const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
    return { time: (at) => time.format(new Date(at)), day: (at) => day.format(new Date(at)) };
  }, [language]);
}
