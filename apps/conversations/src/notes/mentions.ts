import { maxUnseenMentions, type UnseenMention } from '@relevo/contracts';
import type { ConversationEntry, ConversationState } from '../conversation/conversation.js';

type Mentions = Pick<ConversationState, 'mentions' | 'hasMentions'>;

/** Whether notes up to there name the agent, who has not seen them. */
export const hasUnseen = ({ mentions = [] }: Mentions, agentId: string, upToSeq: number): boolean => mentions.some((one) => isSeenBy(one, agentId, upToSeq));

const isSeenBy = (mention: UnseenMention, agentId: string, upToSeq: number): boolean => mention.agentId === agentId && mention.seq <= upToSeq;

/** The state with what is unseen after an entry: kept until those who are named have seen it, whatever else happens. */
export function withMentions<S extends Mentions>(state: S, entry: ConversationEntry): S {
  const { mentions: before = [], hasMentions: _, ...others } = state;
  const mentions = mentionsAfter(before, entry).slice(-maxUnseenMentions);
  return { ...others, ...(mentions.length > 0 && { mentions, hasMentions: true }) } as S;
}

function mentionsAfter(before: UnseenMention[], entry: ConversationEntry): UnseenMention[] {
  const { actor, seq } = entry;
  // Whoever writes a note has seen it.
  if (entry.type === 'note') return [...before, ...entry.data.mentions.filter((id) => id !== actor.id).map((agentId) => ({ agentId, seq }))];
  if (entry.type !== 'read' && entry.type !== 'mentions-seen') return before;
  const { upToSeq } = entry.data;
  return before.filter((mention) => !isSeenBy(mention, actor.id, upToSeq));
}
