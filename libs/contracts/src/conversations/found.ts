import { EntryActor } from '../author.js';
import { IsCount, IsNested, IsNestedList, IsOneOf, IsSeq, IsString, MaxLength, Nullable, Optional } from '../fields.js';
import { ConversationView } from './conversation.js';

/**
 * Where a search found what it looked for: in a `message`, the name of a `file`, a `note`, that of a `transfer`; in the
 * customer's `name`, a `former-name`, their `identity` on the channel, an `attribute` of theirs; in a `tag`'s name; in
 * the conversation's `number`.
 */
export const foundPlaces = ['message', 'file', 'note', 'transfer', 'name', 'former-name', 'identity', 'attribute', 'tag', 'number'] as const;
export type FoundPlace = (typeof foundPlaces)[number];

/** Of an excerpt, in UTF-16 units, and how many parts of it are marked. */
export const excerptLimits = { length: 160, marks: 20 } as const;

/** A part of a text, in UTF-16 units; `to` is exclusive. */
export class TextPart {
  @IsCount() from: number;
  @IsCount() to: number;
}

/** What a search found a conversation by. */
export class FoundBy {
  @IsOneOf(foundPlaces) in: FoundPlace;
  /** All of it, or the part around what was found, with `…` where something is left out; without line breaks. */
  @IsString() @MaxLength(excerptLimits.length) text: string;
  /** What of `text` was looked for, in order, apart from each other. */
  @IsNestedList(() => TextPart, excerptLimits.marks) marks: TextPart[];
  /** The entry that says so, where one does: the first that has a word of it. */
  @Optional() @IsSeq() seq?: number;
  /** Whose entry that is. */
  @Optional() @IsNested(() => EntryActor) actor?: EntryActor;
  /** Of an `attribute`. */
  @Optional() @IsString() key?: string;
}

/** A conversation of a list. */
export class ListedConversation extends ConversationView {
  /** With `q` alone; absent where it is not known, as of what was written before Relevo kept it. */
  @Optional() @IsNested(() => FoundBy) found?: FoundBy;
}

export class ConversationPage {
  @IsNestedList(() => ListedConversation, 100) items: ListedConversation[];
  @Nullable() @IsString() nextCursor: string | null;
}
