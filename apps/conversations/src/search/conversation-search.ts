import { Injectable } from '@nestjs/common';
import { type AgentActor, type ConversationSort, searchCustomers } from '@relevo/contracts';
import { askedWordsOf, type Candidate, type FetchCandidates, foldText } from '@relevo/journal';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { nameKeyOf } from '../catalogue/catalogue.js';
import type { ConversationState } from '../conversation/conversation.js';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { type Fetch, merge, type Row } from '../lists/merge.js';
import { isBefore, type Position } from '../lists/position.js';
import { accepts, type Membership } from '../lists/sources.js';
import { TagCatalogueJournal } from '../tags/tag-catalogue.journal.js';
import { ConversationWords } from './conversation-words.js';
import { marks, searchOrderOf } from './found-by.js';
import { type ExplainedRow, type Found, type Reason, Reasons } from './reasons.js';
import type { SearchPlace } from './search-cursor.js';

/** Of the 1,000 keys that a request may examine, those that are left when customers have been asked (200). */
const maxKeys = 800;

/** Tags that are called the same but for their punctuation. */
const maxTags = 5;

/** Above every id: a place of a search is told by its order alone, which is one conversation's. */
const afterAnyId = '~';

export interface Search {
  readonly q: string;
  readonly agent: AgentActor;
  readonly among: Membership;
  /** Its own order when absent. */
  readonly sort: ConversationSort | undefined;
  readonly correlationId: string;
}

/** Accepted ones have a state. */
interface Looked extends Row {
  readonly state: ConversationState | undefined;
  readonly reason: Reason;
}

const isFound = (row: Looked): row is Looked & Found => row.state !== undefined;

const byPlace = (a: Position, b: Position): number => (isBefore(a, b) ? -1 : 1);

/** The number that is asked for, and whether by that alone. */
function numberIn(q: string): { number: number; alone: boolean } | null {
  const [, mark, digits] = /^\s*(#?)(\d{1,14})\s*$/.exec(q) ?? [];
  return digits === undefined ? null : { number: Number(digits), alone: mark === '#' };
}

/** Conversations by what was said in them, their customer, tag or number (docs/adr/0007-search.md). */
@Injectable()
export class ConversationSearch {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly words: ConversationWords,
    private readonly tags: TagCatalogueJournal,
    private readonly reasons: Reasons,
    private readonly bus: MessageBus,
  ) {}

  /** A page of what is found and the agent may see, each with what it is found by, and where the next begins. */
  async page(search: Search, place: SearchPlace, limit: number): Promise<{ rows: readonly ExplainedRow[]; next: SearchPlace | null }> {
    const { rows, next } = await this.foundPage(search, place, limit);
    return { rows: await this.reasons.explain(rows, search.q), next };
  }

  private async foundPage(search: Search, place: SearchPlace, limit: number): Promise<{ rows: readonly Found[]; next: SearchPlace | null }> {
    const asked = numberIn(search.q);
    const [numbered, { sources, examined }] = await Promise.all([asked && this.numbered(asked.number, search), asked?.alone ? { sources: [], examined: 0 } : this.sources(search, limit)]);
    const first = numbered && place.looked === null ? [numbered] : [];
    const others = sources.map((fetch): Fetch<Looked> => async (after, count) => (await fetch(after, count)).map((row) => (row.id === numbered?.id ? { ...row, accepted: false } : row)));
    const from = { order: place.looked ?? 0, id: afterAnyId };
    const { sort } = search;
    const { rows, last } = await merge(others, from, { page: sort === undefined ? limit - first.length : Infinity, examined });
    const found = [...first, ...rows.filter(isFound)];
    const next = last && { looked: last.order, sorted: null };
    return sort === undefined ? { rows: found, next } : pageInOrder(found, sort, place, limit, next);
  }

  private async numbered(number: number, search: Search): Promise<Found | null> {
    const order = searchOrderOf(number);
    const fetch = this.rows(this.words.having(search.agent.workspaceId, [marks.number]), search, () => ({ by: 'number' }));
    const [row] = await fetch({ order: order - 1, id: afterAnyId }, 1);
    return row?.accepted && row.order === order && isFound(row) ? row : null;
  }

  /** All that may hold what is asked for, and how many rows of it may be looked at. */
  private async sources(search: Search, limit: number): Promise<{ sources: Fetch<Looked>[]; examined: number }> {
    const { q, agent: { workspaceId }, correlationId } = search;
    const { spelt, dialled } = askedWordsOf(q);
    const [{ customerIds, foundBy = [] }, tags] = await Promise.all([
      this.bus.request(searchCustomers, { q }, { ...systemCaller('conversations', workspaceId), correlationId }),
      this.tags.all(workspaceId),
    ]);
    const isSame = ({ name }: { name: string }): boolean => nameKeyOf(name) === nameKeyOf(q) || (spelt.length > 0 && lettersOf(name) === lettersOf(q));
    const together = [spelt, ...(dialled.join() === spelt.join() ? [] : [dialled])].filter((words) => words.length > 0);
    const customers = new Map(foundBy.map((each) => [each.customerId, each]));
    const having = (words: readonly string[]): FetchCandidates => this.words.having(workspaceId, words);
    const sources = [
      ...together.map((words) => this.rows(having(words), search, ({ seqs }) => ({ by: 'words', words, seqs }))),
      // Taken off, a tag leaves its mark.
      ...tags.filter(isSame).slice(0, maxTags).map(({ id, name }) => this.rows(having([marks.tag(id)]), search, () => ({ by: 'tag', name }), ({ tagIds }) => tagIds.includes(id))),
      ...customerIds.map((id) => this.rows(having([marks.customer(id)]), search, () => ({ by: 'customer', of: customers.get(id) }))),
    ];
    // Of a row each word is looked up, twice those of the first page, and what is a hit is read; of a page's, an entry each.
    return { sources, examined: Math.floor((maxKeys - limit) / (2 * Math.max(1, ...together.map(({ length }) => length)))) };
  }

  private rows(candidates: FetchCandidates, { agent, among }: Search, reasonOf: (candidate: Candidate) => Reason, belongs: (state: ConversationState) => boolean = () => true): Fetch<Looked> {
    return async (after, limit) => {
      const looked = await candidates(after, limit);
      const states = await this.journal.projections(looked.flatMap(({ id, isHit }) => (isHit ? [id] : [])));
      return looked.map((candidate) => {
        const { order, id } = candidate;
        const state = states.get(id);
        return { order, id, state, reason: reasonOf(candidate), accepted: state !== undefined && belongs(state) && accepts(agent, among, state) };
      });
    };
  }
}

/** Only letters and digits: a tag is found without its punctuation. */
const lettersOf = (text: string): string => foldText(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** A page of what was found after a place, in an order of the lists. */
function pageInOrder(found: readonly Found[], sort: ConversationSort, { looked, sorted }: SearchPlace, limit: number, next: SearchPlace | null): { rows: Found[]; next: SearchPlace | null } {
  const inOrder = found.map((row) => ({ ...row, order: row.state.orders[sort] })).sort(byPlace);
  const left = sorted === null ? inOrder : inOrder.filter((row) => isBefore(sorted, row));
  const rows = left.slice(0, limit);
  const end = rows.at(-1);
  return end && rows.length < left.length ? { rows, next: { looked, sorted: { order: end.order, id: end.id } } } : { rows, next };
}
