import type { Role } from '@relevo/contracts';
import type { Deed, Event, Step } from './commands.js';
import type { CustomerName, Name, TagName, Team } from './cast.js';
import type { Conversation } from './conversation.js';
import type { World } from './world.js';

/** A command as it is given: to a conversation that there is, by somebody. */
export type Act =
  | ({ readonly who: Name; readonly conversationId: string } & (
      | { readonly do: 'claim' | 'release' | 'unread' | 'close' | 'undo' }
      | { readonly do: 'send'; readonly text: string; readonly seenSeq: number | null }
      | { readonly do: 'note'; readonly text: string; readonly mention: Name | null }
      | { readonly do: 'read'; readonly upToSeq: number }
      | { readonly do: 'transfer'; readonly to: Name | Team | 'unknown' | 'nobody'; readonly note: string | null; readonly force: boolean }
      | { readonly do: 'tag' | 'untag'; readonly tag: TagName }
    ))
  | { readonly do: 'hand-over'; readonly conversationId: string; readonly team: Team | 'unknown' | null }
  | { readonly do: 'write'; readonly customer: CustomerName; readonly text: string }
  | { readonly do: 'open'; readonly who: Name; readonly customer: CustomerName; readonly text: string }
  | { readonly do: 'move'; readonly who: Name; readonly teams: readonly Team[] }
  | { readonly do: 'appoint'; readonly who: Name; readonly role: Role }
  | { readonly do: 'status'; readonly who: Name; readonly status: 'online' | 'away' }
  | { readonly do: 'close-inactive' }
  | { readonly do: 'wait'; readonly ms: number };

export type ActOfAgent = Extract<Act, { who: Name; conversationId: string }>;

/** What of these is done by that word. */
export type Doing<T, K> = T extends { readonly do: infer D } ? (K extends D ? T : never) : never;

/** What a step comes to in this world: one act, two of a race, or none where there is nothing to do it to. `number` makes texts differ. */
export function actsOf(world: World, step: Step, number: number): Act[] {
  const text = `text ${number}`;
  if ('event' in step) return ofEvent(world, step.event, text);
  const conversation = meant(world, step);
  if (!conversation) return [];
  if ('deed' in step) return [ofDeed(conversation, step.deed, text)];
  const [one, other] = step.race;
  return [ofDeed(conversation, one, text), other === 'customer writes' ? { do: 'write', customer: conversation.customer, text: `${text} too` } : ofDeed(conversation, other, `${text} too`)];
}

/** What is to be taken back by whose it is, is in the one that was transferred or closed last. */
function meant({ conversations }: World, step: Exclude<Step, { event: unknown }>): Conversation | undefined {
  const undoing = 'deed' in step && step.deed.do === 'undo' && step.deed.who === 'whose it is';
  const undoable = undoing ? conversations.toSorted((one, other) => (other.undo?.until ?? 0) - (one.undo?.until ?? 0))[0] : undefined;
  if (undoable?.undo) return undoable;
  const backwards = conversations.toReversed();
  const activeFirst = [...backwards.filter(({ status }) => status === 'active'), ...backwards.filter(({ status }) => status === 'closed')];
  return activeFirst[step.of % activeFirst.length];
}

function ofEvent(world: World, event: Event, text: string): Act[] {
  switch (event.do) {
    case 'write':
      return [{ ...event, text }];
    case 'open':
      // Whoever never wrote is nobody yet.
      return world.conversations.some(({ customer }) => customer === event.customer) ? [{ ...event, text }] : [];
    case 'move':
    case 'appoint':
    case 'status':
    case 'close-inactive':
    case 'wait':
      return [event];
  }
}

function ofDeed(conversation: Conversation, deed: Deed, text: string): Act {
  const { id: conversationId, seq } = conversation;
  if (deed.do === 'hand-over') return { ...deed, conversationId };
  const who = deed.who === 'whose it is' ? ((deed.do === 'undo' && conversation.undo?.by) || (conversation.assignee ?? 'carla')) : deed.who;
  const by = { conversationId, who };
  const upTo = (before: number): number => Math.max(1, seq - before);
  switch (deed.do) {
    case 'send':
      return { ...by, do: 'send', text, seenSeq: deed.seen === null ? null : upTo(deed.seen) };
    case 'note':
      return { ...by, do: 'note', text, mention: deed.mention };
    case 'read':
      return { ...by, do: 'read', upToSeq: upTo(deed.before) };
    case 'transfer':
      return { ...by, do: 'transfer', to: deed.to, note: deed.note ? text : null, force: deed.force };
    case 'tag':
    case 'untag':
      return { ...by, do: deed.do, tag: deed.tag };
    case 'claim':
    case 'release':
    case 'unread':
    case 'close':
    case 'undo':
      return { ...by, do: deed.do };
  }
}
