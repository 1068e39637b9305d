import { Injectable } from '@nestjs/common';
import { askedWordsOf, type Place } from '@relevo/journal';
import type { CustomerState } from '../customers/customer.js';
import { CustomerJournal } from '../customers/customer.journal.js';
import { anyone, foundBy } from './found-by.js';
import { CustomerWords } from './customer-words.js';

export interface Found {
  readonly id: string;
  readonly state: CustomerState;
}

export interface FoundPage {
  readonly customers: readonly Found[];
  /** Where to go on; null at the end. */
  readonly last: Place | null;
}

@Injectable()
export class CustomerSearch {
  constructor(
    private readonly journal: CustomerJournal,
    private readonly words: CustomerWords,
  ) {}

  /**
   * Who is found by a text, or whoever there is without one; newest first. It examines at most so many keys, so there may
   * be fewer than the limit, and more after them.
   */
  async page(workspaceId: string, q: string | undefined, from: Place | null, limit: number, maxKeys: number): Promise<FoundPage> {
    const asked = q === undefined ? [anyone] : askedWordsOf(q).dialled;
    const fetch = this.words.having(workspaceId, asked);
    // Of a row each word is looked up, twice those of the first page, and what is a hit is read.
    let budget = Math.floor(maxKeys / (2 * Math.max(1, asked.length)));
    const customers: Found[] = [];
    for (let last = from; ; ) {
      const count = Math.min(budget, limit + 1);
      const looked = await fetch(last, count);
      const states = await this.journal.projections(looked.flatMap(({ id, isHit }) => (isHit ? [id] : [])));
      for (const { order, id } of looked) {
        if (customers.length === limit) return { customers, last };
        const state = states.get(id);
        if (state && isFoundBy(state, asked)) customers.push({ id, state });
        last = { order, id };
      }
      if (looked.length < count) return { customers, last: null };
      budget -= count;
      if (budget === 0) return { customers, last };
    }
  }
}

/** What somebody was called before finds them no more; whoever was merged is found as who they are now. */
function isFoundBy(state: CustomerState, asked: readonly string[]): boolean {
  const words = foundBy(state);
  return state.mergedInto === null && asked.every((word) => words.has(word));
}
