import type { ConversationView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { shortDuration, timeLeft } from '../i18n/durations';
import { useWhen } from '../i18n/use-when';
import { useNow } from '../ui/now';
import { IconClockHour4 } from '../ui/icons';
import classes from './row-times.module.css';

const minute = 60_000;
const longMs = 15 * minute;
const tooLongMs = 60 * minute;
/** Agents see which of theirs will close within the next hour (product rule "Close"). */
const forecastMs = 60 * minute;

const urgencyOf = (ms: number): string => (ms >= tooLongMs ? 'alarm' : ms >= longMs ? 'warn' : 'calm');

/** How long somebody waits, ticking; where nobody does, when it last moved. */
export function WaitingTime({ conversation: { waitingSince, lastInteractionAt } }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation('list');
  const when = useWhen();
  const since = waitingSince === null ? null : Date.parse(waitingSince);
  const shown = useNow((now) => (since === null ? when.short(lastInteractionAt, now) : shortDuration(now - since)));
  const urgency = useNow((now) => (since === null ? 'none' : urgencyOf(now - since)));
  return (
    <time className={classes.time} data-urgency={urgency} dateTime={waitingSince ?? lastInteractionAt} title={since === null ? undefined : t('waitingFor', { time: shown })}>
      {since !== null && <IconClockHour4 size={13} stroke={2} aria-hidden />}
      {shown}
    </time>
  );
}

/** Only in its last hour: before that it is nobody's worry. */
export function ClosingSoon({ closesAt }: { readonly closesAt: string | null }) {
  const { t } = useTranslation('list');
  const left = useNow((now) => {
    if (closesAt === null) return null;
    const ms = Date.parse(closesAt) - now;
    return ms > 0 && ms <= forecastMs ? timeLeft(ms) : null;
  });
  return left === null ? null : <span className={classes.closing}>{t('closesIn', { time: left })}</span>;
}
