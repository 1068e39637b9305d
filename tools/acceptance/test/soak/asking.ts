import { AppError, type ConversationSort, getConversation, getCounts, getTimeline, listConversations, listCustomerConversations, type ListStatus, type ListTray } from '@relevo/contracts';
import type { ApiClient } from '@relevo/testing';
import type { Answer, Told } from './answers.js';

/** By what a list is asked for, beside its tray, status and order. */
export type Filter = 'nothing' | 'team' | 'tag' | 'customer' | 'assignee';

export type Question =
  | { readonly of: 'list'; readonly tray: ListTray; readonly status: ListStatus; readonly sort: ConversationSort; readonly by: Filter }
  | { readonly of: 'search'; readonly q: string }
  | { readonly of: 'conversation' | 'timeline' | 'customer' | 'counts' };

/** What the names in a question stand for. */
export interface Subjects {
  /** The conversation asked for; it may be of another workspace, or none. */
  readonly conversationId: string | undefined;
  readonly customerId: string | undefined;
  readonly filters: Readonly<Record<Filter, object>>;
}

const limit = 100;

/** What may have been done or not: a machine that is busy answers late. */
export const isUnknown = (error: unknown): boolean => error instanceof AppError && error.code === 'TIMEOUT';

/** Asks over REST, and notes what was answered and when; null where there is nothing to ask for. */
export async function ask(client: ApiClient, name: string, question: Question, subjects: Subjects): Promise<Answer | null> {
  const { conversationId, customerId } = subjects;
  const isOfOne = question.of === 'conversation' || question.of === 'timeline';
  if ((isOfOne && conversationId === undefined) || (question.of === 'customer' && customerId === undefined)) return null;
  const from = performance.now();
  const told = await toldTo(client, question, subjects).catch((error: unknown): Told => {
    if (!(error instanceof AppError)) throw error;
    return { what: 'refusal', code: error.code, ...(isOfOne && { id: conversationId }) };
  });
  return { name: `${name} asked for ${JSON.stringify(question)}`, agentId: client.agentId, from, to: performance.now(), told };
}

async function toldTo(client: ApiClient, question: Question, { conversationId = '', customerId = '', filters }: Subjects): Promise<Told> {
  switch (question.of) {
    case 'list': {
      const { of: _of, by, ...list } = question;
      const { items } = await client.call(listConversations, { ...list, ...filters[by], limit });
      return { what: 'conversations', seen: items.map(({ id, seq }) => ({ id, seq })) };
    }
    case 'search': {
      const { items } = await client.call(listConversations, { q: question.q, limit });
      return { what: 'conversations', seen: items.map(({ id, seq }) => ({ id, seq })) };
    }
    case 'customer': {
      const { items } = await client.call(listCustomerConversations, { customerId, limit });
      return { what: 'conversations', seen: items.map(({ id, seq }) => ({ id, seq })) };
    }
    case 'counts':
      return { what: 'counts', counts: await client.call(getCounts, {}) };
    case 'conversation': {
      const { id, seq } = await client.call(getConversation, { conversationId });
      return { what: 'conversations', seen: [{ id, seq }] };
    }
    case 'timeline': {
      const { items } = await client.call(getTimeline, { conversationId, limit });
      return { what: 'timeline', id: conversationId, seqs: items.map(({ seq }) => seq) };
    }
  }
}
