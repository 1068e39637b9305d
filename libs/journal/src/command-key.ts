import { createHash } from 'node:crypto';
import type { Actor } from '@relevo/contracts';

export interface CommandKey {
  commandKey: string;
  fingerprint: string | null;
}

/** JSON with sorted keys, so that equal bodies have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * The key of an actor's command: workspace, actor and the commandId they made. The fingerprint covers what is asked, so
 * that the same key with another body is told from a repeat.
 */
export function commandKeyOf(actor: Actor, name: string, { commandId, ...body }: { commandId: string }): CommandKey {
  return {
    commandKey: `${actor.workspaceId ?? ''}/${actor.kind}/${actor.id}/${commandId}`,
    fingerprint: createHash('sha256').update(`${name}\n${canonical(body)}`).digest('base64url'),
  };
}

/** The key of something that happens once by its nature, such as the opening of an aggregate. Any repeat counts. */
export const naturalKey = (...parts: readonly string[]): CommandKey => ({ commandKey: `=${parts.join('/')}`, fingerprint: null });
