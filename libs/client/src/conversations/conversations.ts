import type { ConversationChanged, ConversationView, Entry } from '@relevo/contracts';
import type { Requests } from '../commands/requests.js';
import { ConversationList } from '../lists/conversation-list.js';
import type { ListQuery, Viewer } from '../lists/query.js';
import type { LiveEvent } from '../live-state.js';
import { Registry } from '../store/registry.js';
import { Timeline } from '../timeline/timeline.js';
import { Conversation } from './conversation.js';

/** Of so many conversations the newest seq is remembered, against answers that come later than the events after them. */
const remembered = 10_000;

const keyOf = (query: ListQuery): string => JSON.stringify(Object.entries(query).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Everything of conversations that is looked at, told of each change once, in whichever way it came. */
export class Conversations {
  private readonly lists = new Registry<ConversationList>();
  private readonly timelines = new Registry<Timeline>();
  private readonly single = new Registry<Conversation>();
  private readonly newest = new Map<string, number>();
  private isKnown = false;
  private reloads = 0;

  constructor(
    private readonly requests: Pick<Requests, 'ask'>,
    private readonly viewer: () => Viewer | null,
    private readonly listPageSize?: number,
  ) {}

  list(query: ListQuery): ConversationList {
    return this.lists.get(keyOf(query), () => {
      const list = new ConversationList(query, (asked, page) => this.requests.ask('GET /conversations', { ...asked, ...page }), this.viewer, this.listPageSize);
      if (this.isKnown) void list.load();
      return list;
    });
  }

  timeline(conversationId: string, at: number | 'end' = 'end'): Timeline {
    return this.timelines.get(conversationId, () => {
      const timeline = new Timeline(conversationId, (id, range) => this.requests.ask('GET /conversations/:conversationId/timeline', { conversationId: id, ...range }));
      timeline.open(at);
      return timeline;
    });
  }

  conversation(id: string): Conversation {
    return this.single.get(id, () => {
      const conversation = new Conversation(id, (conversationId) => this.requests.ask('GET /conversations/:conversationId', { conversationId }));
      void conversation.load();
      return conversation;
    });
  }

  hear(event: LiveEvent): void {
    if (event.name === 'timeline.entry') this.tell(event.payload.conversation, event.payload.entry);
    if (event.name === 'conversation.removed') this.tellRemoved(event.payload.conversationId, event.payload.seq);
  }

  /**
   * A command under way: its effect is in every view with its answer. Where all is loaded again meanwhile, the answer may
   * be of before, and what came after it among what was missed; then the lists or an event tell.
   */
  async effectOf(command: Promise<ConversationChanged>): Promise<ConversationChanged> {
    const { reloads } = this;
    const changed = await command;
    if (reloads === this.reloads) this.tell(changed.conversation, changed.entry);
    return changed;
  }

  /** Loads again what is shown; events may have been missed. Resolves when the lists are there. */
  async reload(): Promise<void> {
    this.isKnown = true;
    this.reloads += 1;
    this.newest.clear();
    for (const timeline of this.timelines.values()) timeline.doubt();
    for (const conversation of this.single.values()) void conversation.load();
    await Promise.all(this.lists.values().map((list) => list.load()));
  }

  clear(): void {
    for (const registry of [this.lists, this.timelines, this.single]) registry.clear();
    this.newest.clear();
    this.isKnown = false;
    this.reloads += 1;
  }

  private tell(view: ConversationView, entry: Entry | null): void {
    if (entry) this.timelines.find(view.id)?.tell(entry);
    if (!this.isNews(view.id, view.seq)) return;
    this.single.find(view.id)?.tell(view);
    for (const list of this.lists.values()) list.tell(view);
  }

  private tellRemoved(id: string, seq: number): void {
    if (!this.isNews(id, seq)) return;
    this.timelines.find(id)?.clear();
    this.single.find(id)?.tellRemoved();
    for (const list of this.lists.values()) list.tellRemoved(id, seq);
  }

  private isNews(id: string, seq: number): boolean {
    if ((this.newest.get(id) ?? 0) > seq) return false;
    // Again at its end: the oldest goes first.
    this.newest.delete(id);
    this.newest.set(id, seq);
    const [oldest] = this.newest.keys();
    if (this.newest.size > remembered && oldest !== undefined) this.newest.delete(oldest);
    return true;
  }
}
