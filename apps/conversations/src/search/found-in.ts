import { type FoundBy, type FoundPlace } from '@relevo/contracts';
import { excerptOf, partsWith } from '@relevo/journal';
import type { ConversationEntry } from '../conversation/conversation.js';

interface Shown {
  readonly in: FoundPlace;
  readonly text: string;
}

/** Where the beginnings of words are found, too. */
const beginningsIn: ReadonlySet<FoundPlace> = new Set(['name', 'former-name', 'attribute']);

const marked = ({ in: place, text }: Shown, words: readonly string[]): FoundBy => ({
  in: place,
  ...excerptOf(text, partsWith(text, { words, beginnings: beginningsIn.has(place) })),
});

export const inNumber = (number: number): FoundBy => ({ in: 'number', text: `#${number}`, marks: [{ from: 0, to: `#${number}`.length }] });

export const inName = (name: string, words: readonly string[]): FoundBy => marked({ in: 'name', text: name }, words);

export const inIdentity = (externalId: string, words: readonly string[]): FoundBy => marked({ in: 'identity', text: externalId }, words);

export const inAttribute = (key: string, value: string, words: readonly string[]): FoundBy => ({ ...marked({ in: 'attribute', text: value }, words), key });

/** All of a tag's name is what was asked for. */
export const inTag = (name: string): FoundBy => ({ in: 'tag', text: name, marks: [{ from: 0, to: name.length }] });

/** Of what an entry says, the first that has a word; whose entry it is. */
export function inEntry(entry: ConversationEntry, words: readonly string[]): FoundBy | null {
  const shown = textsOf(entry).map((text) => marked(text, words));
  const found = shown.find(({ marks }) => marks.length > 0) ?? shown[0];
  return found ? { ...found, seq: entry.seq, actor: entry.actor } : null;
}

/** What an entry is found by, that people read. */
function textsOf(entry: ConversationEntry): Shown[] {
  switch (entry.type) {
    case 'opened':
      return [
        { in: 'identity', text: entry.data.externalId },
        { in: 'former-name', text: entry.data.customer.name },
      ];
    case 'customer-changed':
      return [{ in: 'former-name', text: entry.data.customer.name }];
    case 'message':
      return [{ in: 'message', text: entry.data.text }, ...entry.data.attachments.map(({ name }): Shown => ({ in: 'file', text: name }))];
    case 'note':
      return [{ in: 'note', text: entry.data.text }];
    case 'transferred':
      return entry.data.note === undefined ? [] : [{ in: 'transfer', text: entry.data.note }];
    case 'assigned':
    case 'handed-over':
    case 'released':
    case 'transfer-undone':
    case 'tagged':
    case 'untagged':
    case 'read':
    case 'mentions-seen':
    case 'marked-unread':
    case 'delivery':
    case 'closed':
    case 'close-undone':
    case 'superseded':
      return [];
  }
}
