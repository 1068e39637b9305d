import type { LiveEvent } from '@relevo/client';
import type { Audience, Entry, EntryData } from '@relevo/contracts';
import { placeOf, type Sight, sightOf } from './session.js';

/** A conversation as its journal has it, with who could see it after each entry. */
export interface TrueConversation {
  readonly id: string;
  readonly entries: readonly Entry[];
  /** By seq; 0 is before the first: nobody. */
  readonly audiences: readonly (Audience | null)[];
}

const dataOf = <T extends keyof EntryData>(entry: Entry): EntryData[T] => entry.data as EntryData[T];

/** Worked out from the timeline alone, not from what events say of their audience; `first` is for whom it was opened. */
export function trueConversation(id: string, first: Audience, entries: readonly Entry[]): TrueConversation {
  const audiences: (Audience | null)[] = [null];
  for (const entry of entries) audiences.push(audienceAfter(audiences.at(-1) ?? first, entry, entries));
  return { id, entries, audiences };
}

function audienceAfter(was: Audience, entry: Entry, entries: readonly Entry[]): Audience {
  switch (entry.type) {
    case 'assigned':
      return { ...was, assigneeId: dataOf<'assigned'>(entry).agentId };
    case 'released':
      return { ...was, assigneeId: null };
    case 'transferred':
      return dataOf<'transferred'>(entry).to;
    case 'transfer-undone': {
      const undone = entries[dataOf<'transfer-undone'>(entry).ofSeq - 1];
      if (undone?.type !== 'transferred') throw new Error(`${entry.conversationId}: ${entry.seq} undoes no transfer`);
      return dataOf<'transferred'>(undone).from;
    }
    case 'handed-over':
      return { ...was, teamId: dataOf<'handed-over'>(entry).teamId };
    case 'opened':
    case 'message':
    case 'delivery':
    case 'note':
    case 'read':
    case 'mentions-seen':
    case 'marked-unread':
    case 'tagged':
    case 'untagged':
    case 'closed':
    case 'close-undone':
    case 'superseded':
    case 'customer-changed':
      return was;
  }
}

/** Product rule "Sight". */
export const sees = ({ role, teamIds }: Sight, agentId: string, audience: Audience | null): boolean =>
  audience !== null && (role !== 'agent' || audience.teamId === null || teamIds.includes(audience.teamId) || audience.assigneeId === agentId);

/** Something that was published, at its place in the stream. */
export type Happening = { readonly place: number } & (
  | { readonly noun: 'entry'; readonly conversationId: string; readonly seq: number; readonly payload: string }
  | { readonly noun: 'agent'; readonly agentId: string; readonly sight: Sight }
  /** What everyone is told: customers, tags, the policy... */
  | { readonly noun: 'all'; readonly name: LiveEvent['name']; readonly payload: string }
);

/** An event as the witness, who sees everything, heard it; null for what has no place in the stream. */
export function happeningOf({ name, payload }: LiveEvent): Happening | null {
  // Settings are told to their agent alone.
  if (!('cursor' in payload) || name === 'ready' || name === 'conversation.removed' || name === 'settings.updated') return null;
  const place = placeOf(payload.cursor);
  if (name === 'timeline.entry') return { place, noun: 'entry', conversationId: payload.conversationId, seq: payload.seq, payload: JSON.stringify(payload) };
  if (name === 'agent.updated') return { place, noun: 'agent', agentId: payload.agent.id, sight: sightOf(payload.agent) };
  return { place, noun: 'all', name, payload: JSON.stringify(payload) };
}

/** Whether everyone was told of this tag. */
export const tellsOf = (tagId: string) => (one: Happening): boolean => one.noun === 'all' && one.name === 'tag.updated' && one.payload.includes(tagId);

/** All that happened during a schedule. */
export interface Truth {
  readonly conversations: ReadonlyMap<string, TrueConversation>;
  /** In the order of their places. */
  readonly happenings: readonly Happening[];
  /** What each agent saw when it began. */
  readonly initial: ReadonlyMap<string, Sight>;
}

/** What an agent saw after each change, from `place` on: the first is what they saw there. */
export function sightsFrom({ happenings, initial }: Truth, agentId: string, place: number): Sight[] {
  const first = initial.get(agentId);
  if (!first) throw new Error(`there is no agent ${agentId}`);
  const sights = [first];
  for (const one of happenings) {
    if (one.noun !== 'agent' || one.agentId !== agentId) continue;
    if (one.place <= place) sights.pop();
    sights.push(one.sight);
  }
  return sights;
}
