import { Injectable } from '@nestjs/common';
import type { CustomerFoundBy, FoundBy } from '@relevo/contracts';
import { askedWordsOf, nameWordsOf } from '@relevo/journal';
import type { ConversationState } from '../conversation/conversation.js';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import type { Position } from '../lists/position.js';
import { inAttribute, inEntry, inIdentity, inName, inNumber, inTag } from './found-in.js';

/** How a row came among those that are found; `seqs` are the entries that brought the words. */
export type Reason =
  | { readonly by: 'number' }
  | { readonly by: 'words'; readonly words: readonly string[]; readonly seqs: ReadonlyMap<string, number> }
  | { readonly by: 'tag'; readonly name: string }
  | { readonly by: 'customer'; readonly of: CustomerFoundBy | undefined };

export interface Found extends Position {
  readonly state: ConversationState;
  readonly reason: Reason;
}

export interface ExplainedRow extends Found {
  /** Undefined where it is not known any more, or was never recorded. */
  readonly found: FoundBy | undefined;
}

const attributeField = 'attributes.';

/**
 * What rows were found by, to be shown. Whoever may see a conversation may see all of its timeline, and customers are
 * seen by all agents of their workspace (product rule "Sight"), so rows that passed show nothing that is not theirs.
 */
@Injectable()
export class Reasons {
  constructor(private readonly journal: ConversationJournal) {}

  /** Reads an entry for each row at most, by its id. */
  async explain(rows: readonly Found[], q: string): Promise<ExplainedRow[]> {
    const places = rows.flatMap((row) => {
      const seq = seqToShow(row);
      return seq === null ? [] : [{ aggregateId: row.id, seq }];
    });
    const entries = await this.journal.entriesAt(places);
    const { spelt, dialled } = askedWordsOf(q);
    const words = [...new Set([...spelt, ...dialled])];
    const foundOf = ({ id, state, reason }: Found): FoundBy | null => {
      switch (reason.by) {
        case 'number':
          return inNumber(state.number);
        case 'tag':
          return inTag(reason.name);
        case 'customer':
          return reason.of ? inCustomer(state, reason.of, words) : null;
        case 'words': {
          const entry = entries.get(id);
          return entry ? inEntry(entry, words) : isNamed(state, reason.words) ? inName(state.customer.name, words) : null;
        }
      }
    };
    return rows.map((row) => ({ ...row, found: foundOf(row) ?? undefined }));
  }
}

const isNamed = ({ customer }: ConversationState, words: readonly string[]): boolean => {
  const named = nameWordsOf(customer.name);
  return words.every((word) => named.has(word));
};

/** The entry with the most of those words that the customer's name does not show already, the earliest of such; null: the name shows all. */
function seqToShow({ state, reason }: Found): number | null {
  if (reason.by !== 'words') return null;
  const named = nameWordsOf(state.customer.name);
  const counts = new Map<number, number>();
  for (const [word, seq] of reason.seqs) if (!named.has(word)) counts.set(seq, (counts.get(seq) ?? 0) + 1);
  const [first] = [...counts].sort(([a, most], [b, more]) => more - most || a - b);
  return first?.[0] ?? null;
}

function inCustomer({ customer }: ConversationState, { field, text }: CustomerFoundBy, words: readonly string[]): FoundBy {
  if (field.startsWith(attributeField)) return inAttribute(field.slice(attributeField.length), text, words);
  if (field === 'identities') return inIdentity(text, words);
  // A conversation learns of a new name a moment later.
  return inName(field === 'name' ? text : customer.name, words);
}
