import type { DeliveryStatus } from '@relevo/contracts';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { IconAlertTriangle, IconCheck, IconChecks } from '../ui/icons';
import classes from './delivery-ticks.module.css';

const icons: Readonly<Record<DeliveryStatus, ComponentType<{ size: number; stroke: number }>>> = {
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlertTriangle,
};

const words = { sent: 'sent', delivered: 'delivered', read: 'read', failed: 'notDelivered' } as const;

/** How far a message came. A channel that tells nothing of it has sent it, as far as anybody knows. */
export function DeliveryTicks({ status }: { readonly status: DeliveryStatus | null }) {
  const { t } = useTranslation('thread');
  const known = status ?? 'sent';
  const Icon = icons[known];
  return (
    <span className={classes.ticks} data-delivery={known} role="img" aria-label={t(words[known])} title={t(words[known])}>
      <Icon size={14} stroke={2} />
    </span>
  );
}
