import { type AgentView, type ConversationView, type Entry, getTimeline, listAgents, listConversations, listTags, listTeams, type TagView, type TeamView } from '@relevo/contracts';
import { type ApiClient } from '@relevo/testing';

export const limit = 100;

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Page after page. */
export async function all<T>(page: (after: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const { items: more, nextCursor }: Page<T> = await page(cursor === null ? {} : { cursor });
    items.push(...more);
    cursor = nextCursor;
  } while (cursor !== null);
  return items;
}

/** Every list that a frontend keeps, as it is answered to this agent. */
export interface Lists {
  readonly conversations: ConversationView[];
  readonly agents: AgentView[];
  readonly teams: TeamView[];
  readonly tags: TagView[];
}

export async function readLists(client: ApiClient): Promise<Lists> {
  const [active, closed, agents, teams, tags] = await Promise.all([
    all((after) => client.call(listConversations, { status: 'active', limit, ...after })),
    all((after) => client.call(listConversations, { status: 'closed', limit, ...after })),
    all((after) => client.call(listAgents, { limit, ...after })),
    all((after) => client.call(listTeams, { limit, ...after })),
    all((after) => client.call(listTags, { limit, ...after })),
  ]);
  return { conversations: [...active, ...closed], agents, teams, tags };
}

export const readTimeline = (client: ApiClient, conversationId: string): Promise<Entry[]> =>
  all((after) => client.call(getTimeline, { conversationId, limit, ...after }));
