import type { WidgetEntry } from '@relevo/client';

/** How many answers have come that nobody has seen: since the customer last wrote, and since they were last looked at. */
export function newsOf(entries: readonly WidgetEntry[], seenAt: string): number {
  const own = entries.findLast(({ type, actor }) => type === 'message' && actor.kind === 'customer');
  const since = own && own.at > seenAt ? own.at : seenAt;
  return entries.filter(({ type, actor, at }) => type === 'message' && actor.kind !== 'customer' && at > since).length;
}
