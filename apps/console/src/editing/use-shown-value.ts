import type { AttributeType } from '@relevo/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { inputOf } from './values';

/** A value as people read it. What a channel gave need not be what an admin defined since: then it is shown as it is. */
export type ShowValue = (value: unknown, type: AttributeType) => string;

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export function useShownValue(): ShowValue {
  const { t, i18n } = useTranslation('customer');
  return useMemo(() => {
    // A customer's number may as well be one of theirs: no dots are put into it.
    const number = new Intl.NumberFormat(i18n.language, { useGrouping: false, maximumFractionDigits: 20 });
    // A day of the calendar is the same in every time zone.
    const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
    return (value, type) => {
      if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
      if (typeof value === 'number') return number.format(value);
      const text = inputOf(value);
      return type === 'date' && isDay(text) ? date.format(new Date(text)) : text;
    };
  }, [t, i18n.language]);
}
