import type { ConversationChanged } from '@relevo/contracts';
import type { Requests } from '../commands/requests.js';
import { type PendingEntry, type PendingMessage, filesOf } from './pending.js';

/** Text and attachments of a message, whoever sends it: the text may be missing, when there are files. */
export function contentOf(entry: PendingMessage): { text?: string; attachmentIds?: string[] } {
  const attachmentIds = filesOf(entry).flatMap(({ attachment }) => (attachment ? [attachment.id] : []));
  if (attachmentIds.length === 0) return { text: entry.text };
  return { ...(entry.text.trim() !== '' && { text: entry.text }), attachmentIds };
}

/** Each kind by its own command, and no other way. */
export function sendPending(requests: Pick<Requests, 'command'>, entry: PendingEntry, signal: AbortSignal): Promise<ConversationChanged> {
  const { conversationId, commandId } = entry;
  const options = { commandId, signal };
  switch (entry.kind) {
    case 'message':
      return requests.command('POST /conversations/:conversationId/messages', { conversationId, ...contentOf(entry), ...(entry.seenSeq !== undefined && { seenSeq: entry.seenSeq }) }, options);
    case 'note':
      return requests.command('POST /conversations/:conversationId/notes', { conversationId, text: entry.text, ...(entry.mentions.length > 0 && { mentions: [...entry.mentions] }) }, options);
  }
}
