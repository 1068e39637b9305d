import type { CustomerView } from '@relevo/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { codeOf } from '../session/code-of';
import { useRelevo } from '../session/relevo-context';

/** A pause in typing: each search is a question to the server. */
const pauseMs = 200;
const limit = 20;

/** Names are alike by their first words: a second family name is often left out. */
const alikeWords = 2;
const alike = (name: string): string => name.trim().split(/\s+/u).slice(0, alikeWords).join(' ');

export interface Candidates {
  /** Null until the first answer. */
  readonly found: readonly CustomerView[] | null;
  /** Why there is none. */
  readonly code: string | null;
}

/** Who is found by a text, the customer themselves apart; without a text, who has a similar name. */
export function useCandidates(customer: CustomerView, typed: string): Candidates {
  const relevo = useRelevo();
  const [q] = useDebouncedValue(typed.trim() || alike(customer.name), pauseMs);
  const { id } = customer;
  const [candidates, setCandidates] = useState<Candidates>({ found: null, code: null });
  useEffect(() => {
    const asked = new AbortController();
    const { signal } = asked;
    if (q === '') setCandidates({ found: [], code: null });
    else
      relevo.ask('GET /customers', { q, limit }, { signal }).then(
        ({ items }) => setCandidates({ found: items.filter((one) => one.id !== id), code: null }),
        (error: unknown) => {
          if (!signal.aborted) setCandidates({ found: [], code: codeOf(error) });
        },
      );
    return () => asked.abort();
  }, [relevo, q, id]);
  return candidates;
}
