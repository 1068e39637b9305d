import type { Visibility } from '../event.js';
import { IsId } from '../fields.js';
import { rpc } from '../rpc.js';
import type { EntryActor } from '../author.js';
import type { Audience } from './events.js';
import { OfIdentity, type PublicActor } from './public.js';

/** An agent began to write a reply, or left off. A note is nobody's to know of: nothing is asked for one. */
export class StartTyping {
  @IsId() conversationId: string;
}

export class StopTyping {
  @IsId() conversationId: string;
}

/** A customer is writing, in the active conversation of that identity if there is one. */
export class TellVisitorTyping extends OfIdentity {}

/** It was told to whoever listens, and kept nowhere. */
export class TypingTold {}

export const startTyping = rpc('rpc.conversations.start-typing.v1', StartTyping, TypingTold, { callers: ['agent'] });
export const stopTyping = rpc('rpc.conversations.stop-typing.v1', StopTyping, TypingTold, { callers: ['agent'] });
export const tellVisitorTyping = rpc('rpc.conversations.public-typing.v1', TellVisitorTyping, TypingTold, { callers: ['channel'] });

/** What agents ask by a socket alone: an answer over REST would come too late to mean anything. */
export const typingEvents = { 'typing.start': startTyping, 'typing.stop': stopTyping } as const;

/** Somebody writes in a conversation; to those who may see it. */
export interface TypingNotice {
  workspaceId: string;
  conversationId: string;
  audience: Audience;
  actor: EntryActor;
  /** Left off. */
  stopped: boolean;
}

/** An agent writes to a customer; to that customer. */
export interface PublicTypingNotice {
  workspaceId: string;
  channelId: string;
  /** The customer, in the channel's own words. */
  externalId: string;
  conversationId: string;
  actor: PublicActor;
  stopped: boolean;
}

/** Core NATS: whoever does not listen just then never hears it. `*` when no workspace is given. */
export const typingSubject = (visibility: Visibility, workspaceId = '*'): string => `live.conversations.${workspaceId}.${visibility}.typing.v1`;
