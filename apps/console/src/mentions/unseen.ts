import type { ConversationView, Entry } from '@relevo/contracts';

/** Seqs of the notes that name the agent and that they have not seen, in their order. */
export const unseenMentions = ({ mentions = [] }: Pick<ConversationView, 'mentions'>, myId: string): readonly number[] => mentions.filter(({ agentId }) => agentId === myId).map(({ seq }) => seq);

/**
 * Up to which of these notes all are among the entries at hand; null where not even the first is. Whoever was named far
 * above where they read has not seen it by reading there.
 */
export function seenUpTo(unseen: readonly number[], entries: readonly Pick<Entry, 'seq'>[]): number | null {
  const [first, last] = [entries[0], entries.at(-1)];
  const missing = unseen.findIndex((seq) => !first || !last || seq < first.seq || seq > last.seq);
  return unseen.slice(0, missing === -1 ? undefined : missing).at(-1) ?? null;
}
