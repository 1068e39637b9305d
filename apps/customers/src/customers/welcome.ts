import { AppError } from '@relevo/contracts';
import type { CustomerState } from './customer.js';

/** Whoever is blocked reaches nobody: what comes from them goes no further. */
export function requireWelcome({ blocked }: CustomerState): void {
  if (blocked) throw new AppError('RULE_VIOLATED', 'This customer is blocked.');
}
