import type { ConversationSort, ListTray, Status } from '@relevo/contracts';
import type { Name } from './cast.js';
import { type Conversation, waitingSince } from './conversation.js';
import { sees, type World } from './world.js';

export interface ListQuery {
  readonly tray: ListTray;
  readonly status: Status;
  readonly sort: ConversationSort;
  readonly mentioned?: true;
}

function isIn(tray: ListTray, who: Name, c: Conversation): boolean {
  switch (tray) {
    case 'all':
      return true;
    case 'bot':
    case 'unassigned':
      return c.tray === tray;
    case 'mine':
      return c.assignee === who;
    case 'agents':
      return c.assignee !== null && c.assignee !== who;
  }
}

/** Compared part by part; the id breaks ties. */
function placeIn(sort: ConversationSort, c: Conversation): readonly (number | string)[] {
  switch (sort) {
    case 'waiting': {
      // Those who wait come first, longest first; then the others, newest interaction first.
      const since = waitingSince(c);
      return since === null ? [1, -c.lastInteractionAt, c.id] : [0, since, c.id];
    }
    case 'activity':
      return [-c.lastInteractionAt, c.id];
    case 'assigned':
      // With the bot it never entered a queue.
      return [c.assignedAt ?? c.openedAt, c.id];
  }
}

function byPlace(one: readonly (number | string)[], other: readonly (number | string)[]): number {
  const part = one.findIndex((value, index) => value !== other[index]);
  return part === -1 ? 0 : one[part]! < other[part]! ? -1 : 1;
}

const isNamed = (who: Name, { mentions }: Conversation): boolean => mentions.some((one) => one.who === who);

/** What an agent's list is to show, in its order. */
export const listOf = (world: World, who: Name, { tray, status, sort, mentioned }: ListQuery): Conversation[] =>
  world.conversations
    .filter((c) => c.status === status && sees(world, who, c) && isIn(tray, who, c) && (!mentioned || isNamed(who, c)))
    .sort((one, other) => byPlace(placeIn(sort, one), placeIn(sort, other)));

export interface Counts {
  readonly unassigned: number;
  readonly mine: number;
  readonly agents: number;
  readonly bot: number;
  readonly mineUnread: number;
  readonly mentioned: number | undefined;
}

/** What an agent's counters are to show: of what is active and they may see, and of what names them, closed ones too. */
export function countsOf(world: World, who: Name): Counts {
  const all = world.conversations.filter((c) => c.status === 'active' && sees(world, who, c));
  const count = (tray: ListTray): number => all.filter((c) => isIn(tray, who, c)).length;
  const mineUnread = all.filter((c) => isIn('mine', who, c) && (c.unread.count > 0 || c.marked !== null)).length;
  const mentioned = world.conversations.filter((c) => sees(world, who, c) && isNamed(who, c)).length;
  return { unassigned: count('unassigned'), mine: count('mine'), agents: count('agents'), bot: count('bot'), mineUnread, mentioned: mentioned === 0 ? undefined : mentioned };
}
