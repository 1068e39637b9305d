import { type ConversationView, type ListConversations, listConversations, getTimeline, type Entry } from '@relevo/contracts';
import { type ApiClient, eventually, type SeededAgent, type TestSystem } from '@relevo/testing';
import { type ClientOptions, type ListQuery, memoryStorage, RelevoClient } from '../../src/index.js';

const patienceMs = 60_000;

/** A frontend of this agent that is live, at whichever gateway is there. */
export async function aClient(system: TestSystem, { email, password }: SeededAgent, options: ClientOptions = {}): Promise<RelevoClient> {
  const client = new RelevoClient({ gateways: system.running.gatewayUrls, storage: memoryStorage(), ...options });
  await client.start();
  if (client.session.state.getSnapshot().status !== 'signed-in') await client.login({ email, password });
  await isLive(client);
  return client;
}

export const isLive = (client: RelevoClient): Promise<void> =>
  eventually(() => expect(client.connection.getSnapshot()).toMatchObject({ status: 'live', stale: false }), patienceMs);

/** A list that somebody looks at, with all its pages. */
export async function shown(client: RelevoClient, query: ListQuery): Promise<() => readonly ConversationView[]> {
  const list = client.list(query);
  list.subscribe(() => list.loadMore());
  await eventually(() => expect(list.getSnapshot()).toMatchObject({ isLoading: false, hasMore: false }), patienceMs);
  return () => list.getSnapshot().rows.map(({ conversation }) => conversation);
}

/** What one who looks only now would see. */
export async function freshList(api: ApiClient, query: Omit<ListConversations, 'limit' | 'cursor'>): Promise<ConversationView[]> {
  const items: ConversationView[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: ConversationView[]; nextCursor: string | null } = await api.call(listConversations, { ...query, limit: 100, ...(cursor !== null && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

export async function freshTimeline(api: ApiClient, conversationId: string): Promise<Entry[]> {
  const items: Entry[] = [];
  let after = 0;
  for (;;) {
    const page = await api.call(getTimeline, { conversationId, after, limit: 100 });
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    after = items.at(-1)!.seq;
  }
}
