import { Injectable } from '@nestjs/common';
import { type PublicEntry, publicEntryOf } from '@relevo/contracts';
import { conversationIdOf, ConversationJournal } from '../conversation/conversation.journal.js';
import { publicPartOf } from '../conversation/public-part.js';
import { endOf, type Place } from './place.js';

/** Entries read for one page at most: notes and the like stand between those of the customer, as many as agents like. */
const readAtMost = 500;
const readAtLeast = 20;

export interface PublicPage {
  /** In their order. */
  readonly entries: PublicEntry[];
  /** All before this place was not looked at; null: there is nothing. */
  readonly before: Place | null;
}

/** Entries of all conversations of an identity that its customer may see, read backwards. */
@Injectable()
export class PublicHistory {
  constructor(private readonly journal: ConversationJournal) {}

  /** What is before that place, in a number of index ranges that does not depend on how much there is. */
  async before(identityKey: string, place: Place, limit: number): Promise<PublicPage> {
    const found: PublicEntry[] = [];
    let { ordinal, seq } = place;
    for (let left = readAtMost; left > 0 && found.length < limit && ordinal > 0; ) {
      const count = Math.min(Math.max(2 * limit, readAtLeast), left);
      const entries = await this.journal.entries(conversationIdOf(identityKey, ordinal), { before: seq, limit: count, fromEnd: true });
      // Another conversation costs a reading too, even one with nothing before the place.
      left -= Math.max(entries.length, 1);
      for (const entry of entries.toReversed()) {
        if (found.length === limit) break;
        seq = entry.seq;
        const part = publicPartOf(entry);
        if (part) found.unshift(publicEntryOf(part));
      }
      if (found.length < limit && entries.length < count) ({ ordinal, seq } = endOf(ordinal - 1));
      // The first entry of the first conversation is the beginning of all.
      if (ordinal === 1 && seq === 1) ordinal = 0;
    }
    return { entries: found, before: ordinal > 0 ? { ordinal, seq } : null };
  }
}
