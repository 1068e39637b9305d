import { invalid } from '@relevo/contracts';

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** The first thing anybody would try. `field` is what the error names. */
export function refuseEmailAsPassword(field: string, password: string, email: string): void {
  if (plain(password) === plain(email)) throw invalid(field, 'must not be the email');
}
