import type { PendingEntry } from '@relevo/client';

/** Whom a note named that was refused because they may not see its conversation (product rule "Sight"). */
export function blindIn({ refusal, ...pending }: PendingEntry): readonly string[] {
  if (pending.kind !== 'note' || refusal?.code !== 'RULE_VIOLATED') return [];
  return (refusal.errors ?? []).flatMap(({ path }) => {
    const index = /^mentions\.(\d+)$/.exec(path)?.[1];
    return index === undefined ? [] : (pending.mentions[Number(index)] ?? []);
  });
}
