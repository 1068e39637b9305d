/** How a language writes times and days, in the time zone of whoever reads them. */
export interface TimeFormats {
  readonly time: Intl.DateTimeFormat;
  readonly thisYear: Intl.DateTimeFormat;
  readonly otherYear: Intl.DateTimeFormat;
  readonly shortDay: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
}

const made = new Map<string, TimeFormats>();

/**
 * The same for all that is drawn. To make them costs more than to draw a row, and of those that rows had for themselves
 * V8 lets go by the thousand, in one task: a list could not be scrolled for longer than anybody fails to notice.
 */
export function timeFormatsOf(language: string): TimeFormats {
  const found = made.get(language);
  if (found) return found;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
  const formats = {
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    thisYear: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    otherYear: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    shortDay: format({ day: 'numeric', month: 'short' }),
    full: format({ dateStyle: 'medium', timeStyle: 'short' }),
  };
  made.set(language, formats);
  return formats;
}
