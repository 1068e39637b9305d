import { type DeliveryStatus, deliveryStatuses } from '@relevo/contracts';

/** A status never goes backwards; a message that was delivered has not failed. */
export function deliveryMayFollow(last: DeliveryStatus | null, next: DeliveryStatus): boolean {
  if (last === null) return true;
  if (last === 'failed' || next === 'failed') return last === 'sent' && next === 'failed';
  return deliveryStatuses.indexOf(next) > deliveryStatuses.indexOf(last);
}
