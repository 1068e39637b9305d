import type { ChannelView, MeView, WorkspaceView } from '@relevo/contracts';
import type { QueryName, ReplyOf, RequestOf } from '../api/operations.js';
import { apply } from '../apply.js';
import { untilAnswered } from '../commands/until-answered.js';
import { emptyState, type LiveEvent, type LiveState } from '../live-state.js';
import { load } from '../load.js';
import { Cell, derived, type Store } from '../store/cell.js';

/** What only the lists tell: no event does. */
interface Unannounced {
  readonly workspace: WorkspaceView | null;
  readonly channels: ReadonlyMap<string, ChannelView>;
}

const nothing: Unannounced = { workspace: null, channels: new Map() };

type Listed = Extract<QueryName, 'GET /agents' | 'GET /teams' | 'GET /tags' | 'GET /quick-replies' | 'GET /channels' | 'GET /attributes'>;

export interface DirectoryRequests {
  readonly ask: <N extends QueryName>(name: N, body: RequestOf<N>) => Promise<ReplyOf<N>>;
  readonly me: () => Promise<MeView>;
}

const byId = <V extends { readonly id: string }>(items: readonly V[]): ReadonlyMap<string, V> => new Map(items.map((item) => [item.id, item]));

/** Who and what there is in the workspace: short lists that are loaded whole, and kept so by events. */
export class Directory {
  private readonly live = new Cell<LiveState>(emptyState);
  private readonly beside = new Cell<Unannounced>(nothing);
  private loading = new AbortController();

  readonly me = this.part((state) => state.me);
  readonly agents = this.part((state) => state.agents);
  readonly teams = this.part((state) => state.teams);
  readonly tags = this.part((state) => state.tags);
  readonly quickReplies = this.part((state) => state.quickReplies);
  /** By key. */
  readonly attributes = this.part((state) => state.attributes);
  readonly policy = this.part((state) => state.policy);
  readonly settings = this.part((state) => state.settings);
  /** How much each tray holds for the agent; null until it is told. 1,000 stands for more. */
  readonly counts = this.part((state) => state.counts);
  readonly workspace = derived([this.beside], ({ workspace }) => workspace);
  readonly channels = derived([this.beside], ({ channels }) => channels);

  constructor(private readonly requests: DirectoryRequests) {}

  hear(event: LiveEvent): void {
    this.live.update((state) => apply(state, event));
  }

  /** All of it, for the last reload that was wanted; asked until it is answered, since nothing else asks for it again. */
  async load(): Promise<void> {
    const { reload } = this.live.getSnapshot();
    if (!reload) return;
    const { number } = reload;
    this.loading.abort();
    const { signal } = (this.loading = new AbortController());
    const [me, agents, teams, tags, quickReplies, policy, channels, attributes] = await untilAnswered(() => this.listed(), { signal });
    if (signal.aborted) return;
    this.live.update((state) => load(state, { reload: number, conversations: [], agents, teams, tags, quickReplies, attributes, policy, settings: me.settings }));
    this.beside.set({ workspace: me.workspace, channels: byId(channels) });
  }

  /** The answer of what the agent changed of themselves. */
  tellMe({ workspace: _, settings, ...agent }: MeView): void {
    this.live.update((state) => ({ ...state, settings, me: agent, agents: new Map(state.agents).set(agent.id, agent) }));
  }

  clear(): void {
    this.loading.abort();
    this.live.set(emptyState);
    this.beside.set(nothing);
  }

  private part<T>(of: (state: LiveState) => T): Store<T> {
    return derived([this.live], of);
  }

  private listed() {
    return Promise.all([
      this.requests.me(),
      this.all('GET /agents'),
      this.all('GET /teams'),
      this.all('GET /tags'),
      this.all('GET /quick-replies'),
      this.requests.ask('GET /policy', {}),
      this.all('GET /channels'),
      this.all('GET /attributes'),
    ]);
  }

  private async all<N extends Listed>(name: N): Promise<ReplyOf<N>['items']> {
    const items: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: readonly unknown[]; nextCursor: string | null } = await this.requests.ask<Listed>(name, { limit: 100, ...(cursor !== null && { cursor }) });
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items as ReplyOf<N>['items'];
  }
}
