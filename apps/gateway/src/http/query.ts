import { invalid } from '@relevo/contracts';

/** Each parameter once, as text; a name that looks nested stays a name, which no contract knows. */
export function queryFields(query: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(query)) {
    if (typeof value !== 'string') throw invalid(name, 'must be given once');
  }
  return { ...query };
}

/** For what is asked by its body alone. */
export function noQuery(query: object): void {
  for (const name of Object.keys(query)) throw invalid(name, 'is not a query parameter of this path');
}
