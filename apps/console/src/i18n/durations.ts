const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A time that passes, at a glance: `40 s`, `12 min`, `1 h 05`, `3 d`. These units are the same in all our languages. */
export function shortDuration(ms: number): string {
  if (ms < minute) return `${Math.max(0, Math.floor(ms / second))} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < day) return `${Math.floor(ms / hour)} h ${String(Math.floor((ms % hour) / minute)).padStart(2, '0')}`;
  return `${Math.floor(ms / day)} d`;
}

/** Of what is due: rounded up, so that it never says `0 min` before its time. */
export const timeLeft = (ms: number): string => shortDuration(ms < minute ? ms : Math.ceil(ms / minute) * minute);
