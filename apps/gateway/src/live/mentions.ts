import type { EntryData, LiveEvents } from '@relevo/contracts';
import { type InternalEvent, seers } from './audience.js';

interface Mention {
  /** Whom the note names; never its author. */
  readonly agentIds: readonly string[];
  /** Rooms of those who may see it: somebody named may be none of them any more. */
  readonly seers: readonly string[];
  readonly payload: Parameters<LiveEvents['mentioned']>[0];
}

/** Whom an event calls; null when nobody (product rule "Notes": mentions notify the agent named). */
export function mentionOf(event: InternalEvent): Mention | null {
  if (event.noun !== 'conversation' || event.entry.type !== 'note') return null;
  const { conversationId, seq, actor, data } = event.entry;
  const agentIds = (data as EntryData['note']).mentions.filter((id) => id !== actor.id);
  return agentIds.length === 0 ? null : { agentIds, seers: seers(event.workspaceId, event.after), payload: { conversationId, seq, actor } };
}
