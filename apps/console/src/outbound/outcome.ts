import type { RelevoError } from '@relevo/client';

/** What came of it so far: nothing yet, a failure that passes, a conversation that is active already, or a refusal. */
export type Outcome =
  | { readonly kind: 'waiting'; readonly isOffline: boolean }
  /** Its id is told to whoever may see it. */
  | { readonly kind: 'active'; readonly conversationId: string | null }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'notOnChannel' }
  | { readonly kind: 'failed'; readonly code: string }
  | null;

type Refused = Pick<RelevoError, 'code' | 'details' | 'errors'>;

/** What a refusal of the command says of why (contract: `POST /conversations`). */
export function outcomeOf({ code, details, errors }: Refused): Outcome {
  if (code === 'CONFLICT') return { kind: 'active', conversationId: typeof details.conversationId === 'string' ? details.conversationId : null };
  if (code !== 'RULE_VIOLATED') return { kind: 'failed', code };
  return { kind: errors.some(({ path }) => path === 'channelId') ? 'notOnChannel' : 'blocked' };
}
