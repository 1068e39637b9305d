import { excerptOf } from '@relevo/journal';
import type { ConversationEntry, ConversationState, Handover } from '../conversation/conversation.js';

type Handed = Pick<ConversationState, 'handover' | 'assigneeId'>;

/** Whether it was transferred up to there, and the agent, who has it now, has not seen it. */
export const isNewTo = ({ handover, assigneeId }: Handed, agentId: string, upToSeq: number): boolean => assigneeId === agentId && handover !== undefined && handover.seq <= upToSeq;

/** The state after an entry with who transferred it: until whoever received it has read or answered it, or it is another's. */
export function withHandover<S extends Handed>(state: S, before: ConversationState | null, entry: ConversationEntry): S {
  const { handover: _, ...others } = state;
  const handover = before && handoverAfter(before, entry);
  return { ...others, ...(handover && { handover }) } as S;
}

function handoverAfter({ handover, assigneeId, undo }: ConversationState, entry: ConversationEntry): Handover | undefined {
  const { type, actor, seq, at } = entry;
  switch (type) {
    case 'transferred': {
      const { note } = entry.data;
      return { by: actor.id, seq, at, ...(note !== undefined && { note: excerptOf(note, []).text }) };
    }
    case 'transfer-undone':
      return undo?.handover;
    case 'read':
      return handover && handover.seq > entry.data.upToSeq ? handover : undefined;
    case 'message':
      return actor.kind === 'agent' ? undefined : handover;
    case 'note':
      return actor.id === assigneeId ? undefined : handover;
    case 'assigned':
    case 'released':
    case 'handed-over':
    case 'closed':
      return undefined;
    case 'opened':
    case 'mentions-seen':
    case 'marked-unread':
    case 'delivery':
    case 'close-undone':
    case 'superseded':
    case 'tagged':
    case 'untagged':
    case 'customer-changed':
      return handover;
  }
}
