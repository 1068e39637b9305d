import type { Customer, CustomerState } from '@relevo/client';
import { useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';

/** A customer, and where they come from; of one who was merged, whom they became. */
export function useCustomer(customerId: string): { readonly store: Customer } & CustomerState {
  const relevo = useRelevo();
  const { customer } = useStore(relevo.customer(customerId));
  const store = relevo.customer(customer?.mergedIntoId ?? customer?.id ?? customerId);
  return { store, ...useStore(store) };
}
