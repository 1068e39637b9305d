import type { LiveEvent } from '@relevo/client';
import type { AgentView, Entry, EntryData, EntryType } from '@relevo/contracts';

/** A conversation that a colleague transferred to the agent, or to a team of theirs, and that they have not looked at. */
export interface Handover {
  /** As the history names them. */
  readonly byName: string;
  readonly toTeam: boolean;
  /** Empty where there is none. */
  readonly note: string;
}

export type Handovers = ReadonlyMap<string, Handover>;

export const noHandovers: Handovers = new Map();

/** More wait for nobody; the oldest go unmarked. */
const most = 1_000;

type Receiver = Pick<AgentView, 'id' | 'teamIds'>;

/** Of a transfer that came into the agent's hands, or into a queue of theirs. */
function handoverOf({ type, actor, data }: Entry, { id, teamIds }: Receiver): Handover | null {
  if (type !== 'transferred' || actor.kind !== 'agent' || actor.id === id) return null;
  const { to, note = '' } = data as EntryData['transferred'];
  const toTeam = to.assigneeId === null;
  const isMine = toTeam ? to.teamId !== null && teamIds.includes(to.teamId) : to.assigneeId === id;
  return isMine ? { byName: actor.name, toTeam, note } : null;
}

/** It is another's by now, or somebody's who took it up. */
const movesOn: ReadonlySet<EntryType> = new Set(['transferred', 'transfer-undone', 'assigned', 'released', 'superseded', 'closed']);

/** The agent, in another tab perhaps, has seen it. */
const seesTo: ReadonlySet<EntryType> = new Set(['message', 'note', 'read', 'marked-unread']);

const isOver = ({ type, actor }: Entry, { id }: Receiver): boolean => movesOn.has(type) || (seesTo.has(type) && actor.kind === 'agent' && actor.id === id);

export function withoutHandover(handovers: Handovers, conversationId: string): Handovers {
  if (!handovers.has(conversationId)) return handovers;
  const left = new Map(handovers);
  left.delete(conversationId);
  return left;
}

/** What is to be marked after an event; `openId` is the conversation that the agent has before them. */
export function withEvent(handovers: Handovers, { name, payload }: LiveEvent, me: Receiver, openId: string | null): Handovers {
  if (name === 'conversation.removed') return withoutHandover(handovers, payload.conversationId);
  if (name !== 'timeline.entry') return handovers;
  const { conversationId, entry } = payload;
  const handover = handoverOf(entry, me);
  if (handover === null) return isOver(entry, me) ? withoutHandover(handovers, conversationId) : handovers;
  if (conversationId === openId) return withoutHandover(handovers, conversationId);
  const all = [...withoutHandover(handovers, conversationId), [conversationId, handover] as const];
  return new Map(all.slice(-most));
}
