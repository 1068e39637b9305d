import type { JsMsg } from '@nats-io/jetstream';
import { eventSubject, type PublicConversationEvent, publicConversationEvents, publicEntryTypes, streamOf } from '@relevo/contracts';
import { LRUCache } from 'lru-cache';
import { FilteredStream, type JetStream } from '../feed/filtered-stream.js';
import { OrderedFeed } from '../feed/ordered-feed.js';

/** Whom the feed tells; in the stream's order, one at a time. */
export interface VisitorFeedListener {
  happened(event: PublicConversationEvent): void;
  /** Events between the last one and the next cannot be had any more. */
  lost(): void;
}

const types: ReadonlySet<string> = new Set(publicEntryTypes);

/** What happens in the conversations of one workspace, as far as customers may see it. */
export class VisitorFeed {
  private readonly lastSeqs = new LRUCache<string, number>({ max: 10_000 });
  private readonly feed: OrderedFeed;

  private constructor(
    jetStream: JetStream,
    workspaceId: string,
    private readonly listener: VisitorFeedListener,
  ) {
    const stream = new FilteredStream(jetStream, streamOf.public, eventSubject(publicConversationEvents, { workspaceId }));
    const reader = { begins: () => undefined, tell: (message: JsMsg) => this.tell(message), lost: () => this.listener.lost() };
    this.feed = new OrderedFeed(stream, reader, { workspaceId });
  }

  /** Resolves when every later event will be told. */
  static async open(jetStream: JetStream, workspaceId: string, listener: VisitorFeedListener): Promise<VisitorFeed> {
    const opened = new VisitorFeed(jetStream, workspaceId, listener);
    await opened.feed.open();
    return opened;
  }

  reopen(): void {
    this.feed.reopen();
  }

  close(): Promise<void> {
    return this.feed.close();
  }

  private tell(message: JsMsg): void {
    const event = message.json<PublicConversationEvent>();
    if (types.has(event.type) && !this.isRepeat(event)) this.listener.happened(event);
  }

  /** Entries of a conversation come in the order of their seq; one that is published again, long after, was told. */
  private isRepeat({ conversationId, seq }: PublicConversationEvent): boolean {
    if (seq <= (this.lastSeqs.get(conversationId) ?? 0)) return true;
    this.lastSeqs.set(conversationId, seq);
    return false;
  }
}
