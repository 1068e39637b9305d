import { Injectable } from '@nestjs/common';
import type { AgentActor, ConversationSort } from '@relevo/contracts';
import type { Projection } from '@relevo/journal';
import type { ConversationState } from '../conversation/conversation.js';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { type Fetch, merge, type Row } from './merge.js';
import type { Position } from './position.js';
import { accepts, type ListFilters, sourcesOf } from './sources.js';

/** Rows that one request looks at: what is filtered beyond the index costs that much at most, and makes pages short. */
const maxExamined = 1_000;

interface Found extends Row {
  readonly state: ConversationState;
}

@Injectable()
export class ConversationLists {
  constructor(private readonly journal: ConversationJournal) {}

  /** A page of what the agent may see of a list, and where the next begins. */
  async page(agent: AgentActor, filters: ListFilters, from: Position | null, limit: number): Promise<{ rows: readonly Found[]; last: Position | null }> {
    const { sort } = filters;
    const sources = sourcesOf(agent, filters).map((source): Fetch<Found> => async (after, count) => {
      const found = await this.journal.inOrder(source, sort, after, count);
      return found.map((projection) => this.rowOf(projection, sort, agent, filters));
    });
    return merge(sources, from, { page: limit, examined: maxExamined });
  }

  private rowOf({ _id, ...state }: Projection<ConversationState>, sort: ConversationSort, agent: AgentActor, filters: ListFilters): Found {
    return { id: _id, order: state.orders[sort], state, accepted: accepts(agent, filters, state) };
  }
}
