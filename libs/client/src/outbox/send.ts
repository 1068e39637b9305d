import type { ConversationChanged } from '@relevo/contracts';
import type { Requests } from '../commands/requests.js';
import type { PendingEntry } from './pending.js';

/** Each kind by its own command, and no other way. */
export function sendPending(requests: Pick<Requests, 'command'>, entry: PendingEntry, signal: AbortSignal): Promise<ConversationChanged> {
  const { conversationId, commandId, text } = entry;
  const options = { commandId, signal };
  switch (entry.kind) {
    case 'message':
      return requests.command('POST /conversations/:conversationId/messages', { conversationId, text, ...(entry.seenSeq !== undefined && { seenSeq: entry.seenSeq }) }, options);
    case 'note':
      return requests.command('POST /conversations/:conversationId/notes', { conversationId, text, ...(entry.mentions.length > 0 && { mentions: [...entry.mentions] }) }, options);
  }
}
