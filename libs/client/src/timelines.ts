import type { Entry } from '@relevo/contracts';
import { type LiveState, type Timeline, withKey, withoutKey } from './live-state.js';

/** Nothing of it is known, or may be shown any more. */
export const unknownTimeline: Timeline = { entries: [], loaded: false };

/** Each seq once, in order: an entry never changes, so it does not matter who brought it. */
export function merged(held: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  const bySeq = new Map([...held, ...more].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Whether each follows the one before. */
export const withoutGap = (entries: readonly Entry[]): boolean => entries.every(({ seq }, index) => index === 0 || seq === (entries[index - 1]?.seq ?? 0) + 1);

/** An entry came live. The next one is the rule; a later one shows that something was missed. */
export function withEntry(timeline: Timeline, entry: Entry): Timeline {
  const { entries, loaded } = timeline;
  if (entry.seq === (entries.at(-1)?.seq ?? 0) + 1) return { entries: [...entries, entry], loaded };
  // Told again, of a time before the part that is shown.
  if (loaded && entry.seq < (entries[0]?.seq ?? 0)) return timeline;
  const all = merged(entries, [entry]);
  return { entries: all, loaded: loaded && withoutGap(all) };
}

/** Somebody looks at a conversation: its timeline is kept from now on. */
export function open(state: LiveState, conversationId: string): LiveState {
  if (state.timelines.has(conversationId)) return state;
  return { ...state, timelines: withKey(state.timelines, conversationId, unknownTimeline) };
}

export const shut = (state: LiveState, conversationId: string): LiveState => ({ ...state, timelines: withoutKey(state.timelines, conversationId) });

/** A timeline as it was answered; `reloads` is the state's when it was asked for. */
export interface TimelineSnapshot {
  readonly reloads: number;
  readonly conversationId: string;
  /** From some entry up to the last one, without a gap. */
  readonly entries: readonly Entry[];
}

/**
 * Merges a timeline asked for meanwhile with what came live since. What was asked before the last reload may lack what
 * was missed in between, and what may no longer be seen is not kept, so both are dropped and stay wanted or not.
 */
export function loadTimeline(state: LiveState, { reloads, conversationId, entries }: TimelineSnapshot): LiveState {
  const held = state.timelines.get(conversationId);
  if (!held || reloads !== state.reloads || !state.conversations.has(conversationId)) return state;
  const first = entries[0]?.seq ?? 1;
  const older = held.entries.filter(({ seq }) => seq < first);
  const connected = withoutGap([...older, ...entries]) ? older : [];
  const all = merged([...connected, ...held.entries.filter(({ seq }) => seq > first)], entries);
  return { ...state, timelines: withKey(state.timelines, conversationId, { entries: all, loaded: withoutGap(all) }) };
}
