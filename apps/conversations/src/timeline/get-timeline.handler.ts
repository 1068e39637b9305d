import { Controller } from '@nestjs/common';
import { type AgentActor, badCursor, type Caller, defaultPageSize, GetTimeline, getTimeline, invalid, type TimelinePage } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { seenBy } from '../conversation/sight.js';
import { entryViewOf } from '../conversation/view.js';

type Direction = { after: number } | { before: number };

/** From the beginning unless told otherwise; a cursor goes on where and how the page before went. */
function directionOf({ after, before, cursor }: GetTimeline): Direction {
  if (after !== undefined && before !== undefined) throw invalid('before', 'cannot be given together with after');
  if (cursor !== undefined) {
    const [, kind, seq] = /^([ab])(\d{1,15})$/.exec(cursor) ?? [];
    if (kind === undefined) throw badCursor();
    return kind === 'a' ? { after: Number(seq) } : { before: Number(seq) };
  }
  return before === undefined ? { after: after ?? 0 } : { before };
}

@Controller()
export class GetTimelineHandler {
  constructor(private readonly journal: ConversationJournal) {}

  @Handles(getTimeline)
  async handle(request: GetTimeline, { actor }: Caller<AgentActor>): Promise<TimelinePage> {
    const { conversationId, limit = defaultPageSize } = request;
    const direction = directionOf(request);
    const { seq } = seenBy(actor, await this.journal.load(conversationId));
    // What came since may have taken it out of the agent's sight.
    const end = seq + 1;
    // One more than asked, to know whether another page follows.
    if ('after' in direction) {
      const found = await this.journal.entries(conversationId, { after: direction.after, before: end, limit: limit + 1 });
      const page = found.slice(0, limit);
      return { items: page.map(entryViewOf), nextCursor: found.length > limit ? `a${page.at(-1)?.seq}` : null };
    }
    const found = await this.journal.entries(conversationId, { before: Math.min(direction.before, end), limit: limit + 1, fromEnd: true });
    const page = found.slice(-limit);
    return { items: page.map(entryViewOf), nextCursor: found.length > limit ? `b${page[0]?.seq}` : null };
  }
}
