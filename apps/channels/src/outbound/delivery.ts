import type { DeliveryStatus } from '@relevo/contracts';

/**
 * Where a message is on its way out: `pending` until the receiver took it (`accepted`) or we gave up (`refused`); then
 * that is told to its conversation, and it has been `sent` or has `failed`.
 */
export type DeliveryState = 'pending' | 'accepted' | 'refused' | 'sent' | 'failed';

export interface Delivery {
  /** `<conversationId>:<seq>`: what the receiver de-duplicates by. */
  _id: string;
  workspaceId: string;
  channelId: string;
  conversationId: string;
  seq: number;
  /** The agents' message that must leave before this one; null for the first. */
  previousReplySeq: number | null;
  /** What is posted, byte for byte but for what `VoicePreparation` says of voice messages; null once the delivery is over. */
  body: string | null;
  status: DeliveryState;
  /** What the receiver calls it, if it said so. */
  externalMessageId?: string;
  /** Posts that were tried. */
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  /** When it is due; while a replica works on it, when its lease ends. Null once it is over. */
  nextAt: Date | null;
  /** When it was over. */
  settledAt: Date | null;
}

/** What an attempt changes. */
export type Progress = Pick<Delivery, 'status' | 'attempts' | 'lastError' | 'nextAt'> & Partial<Pick<Delivery, 'body' | 'settledAt' | 'externalMessageId'>>;

/** How a post ended: `error` is why it failed, null when the receiver took it. */
export interface Posted {
  readonly error: string | null;
  readonly externalMessageId?: string;
}

export interface RetryPolicy {
  readonly firstRetryMs: number;
  readonly giveUpAfterMs: number;
}

const longestPauseMs = 60 * 60 * 1_000;

/** Doubles with each failed attempt; `random` (0 to 1) spreads it by a fifth, so that what failed together does not return together. */
export const pauseMs = (failures: number, firstMs: number, random: number): number =>
  Math.round(Math.min(firstMs * 2 ** (failures - 1), longestPauseMs) * (0.9 + 0.2 * random));

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

export function afterPost(delivery: Delivery, { error, externalMessageId }: Posted, at: Date, { firstRetryMs, giveUpAfterMs }: RetryPolicy, random: number): Progress {
  const attempts = delivery.attempts + 1;
  // Whoever posted it also tells the conversation, and keeps the lease for that.
  const { nextAt } = delivery;
  if (error === null) return { status: 'accepted', attempts, lastError: null, nextAt, ...(externalMessageId !== undefined && { externalMessageId }) };
  const next = later(at, pauseMs(attempts, firstRetryMs, random));
  if (next.getTime() - delivery.createdAt.getTime() > giveUpAfterMs) return { status: 'refused', attempts, lastError: error, nextAt };
  return { status: 'pending', attempts, lastError: error, nextAt: next };
}

/** What the conversation is told; null while there is nothing to tell. */
export const outcomeOf = ({ status }: Pick<Delivery, 'status'>): Extract<DeliveryStatus, 'sent' | 'failed'> | null =>
  status === 'accepted' ? 'sent' : status === 'refused' ? 'failed' : null;

/** After the conversation was told, or answered that it does not want to know (`error`). */
export const afterRecord = ({ attempts, lastError }: Delivery, outcome: 'sent' | 'failed', error: string | null, at: Date): Progress => ({
  status: outcome,
  attempts,
  lastError: error ?? lastError,
  nextAt: null,
  body: null,
  settledAt: at,
});
