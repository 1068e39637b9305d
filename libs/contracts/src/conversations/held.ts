import { IsDistinctIds, IsId, IsNestedList, IsSeq, Nullable, Optional } from '../fields.js';
import { rpc } from '../rpc.js';

/** Conversations that one request may name. */
export const maxHeldNamed = 500;

/** Conversations of one agent that are answered; nobody has more. */
export const maxHeld = 1_000;

/** Whose conversations are just now: what is active and assigned to an agent, and whatever is named besides. */
export class ListHeld {
  @IsId() agentId: string;
  @Optional() @IsDistinctIds(maxHeldNamed) conversationIds?: string[];
}

export class HeldConversation {
  @IsId() conversationId: string;
  /** As of this entry. */
  @IsSeq() seq: number;
  /** Whose it is while it is active; null when nobody's. */
  @Nullable() @IsId() agentId: string | null;
}

/** In no order. What was named and is not among them there is not. */
export class HeldConversations {
  @IsNestedList(() => HeldConversation, maxHeld + maxHeldNamed) items: HeldConversation[];
}

/** Of the caller's workspace. */
export const listHeld = rpc('rpc.conversations.held.v1', ListHeld, HeldConversations, { callers: ['system'] });
