import { AppError, type EntryActor, invalid, notFound } from '@relevo/contracts';
import { type Aggregate, type AggregateState, type Decision, foldText, type JournalEntry } from '@relevo/journal';
import type { OutgoingEvent } from '@relevo/messaging';

/** Named things of a workspace that admins make and everybody uses. */
export interface CatalogueItem {
  readonly id: string;
}

/** All of a kind are one aggregate, so that the uniqueness of names is decided where it is written. */
export interface CatalogueState<Item extends CatalogueItem> extends AggregateState {
  /** In the order in which they were made. */
  items: Item[];
}

/** Both carry the item as it is from then on. */
export type CatalogueEntry<Noun extends string, Item extends CatalogueItem> = JournalEntry<`${Noun}-created` | `${Noun}-changed`, Item>;

export type CatalogueCommand<Item extends CatalogueItem> =
  | { type: 'create'; by: EntryActor; item: Item }
  | { type: 'change'; by: EntryActor; id: string; changes: Partial<Omit<Item, 'id'>> };

export interface CatalogueKind<Noun extends string, Item extends CatalogueItem> {
  readonly noun: Noun;
  /** The field that is unique, regardless of case, accents and what is not seen. */
  readonly name: keyof Item & string;
  readonly max: number;
  readonly toEvent: (entry: CatalogueEntry<Noun, Item>) => OutgoingEvent;
}

/** What is not seen; in its group where it makes one emoji of several: between two pictures, and as the region of a flag. */
const unseen =
  /((?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d(?=\p{Extended_Pictographic})|(?<=\u{1f3f4})[\u{e0020}-\u{e007e}]+\u{e007f})|(?!\p{White_Space})[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

/** Of any width; an empty Braille pattern looks like one. */
const spaces = /[\p{White_Space}\u2800]+/gu;

/** Names that people would take for the same are the same; one that shows nothing is empty. */
export const nameKeyOf = (name: string): string => foldText(name.replace(unseen, '$1')).replace(spaces, ' ').trim();

const differs = <Item extends CatalogueItem>(item: Item, changes: Partial<Item>): boolean =>
  (Object.keys(changes) as (keyof Item)[]).some((key) => changes[key] !== item[key]);

export function catalogueOf<Noun extends string, Item extends CatalogueItem>({
  noun,
  name,
  max,
  toEvent,
}: CatalogueKind<Noun, Item>): Aggregate<CatalogueState<Item>, CatalogueEntry<Noun, Item>, CatalogueCommand<Item>> {
  const keyOf = (item: Item): string => nameKeyOf(String(item[name]));

  function free(items: readonly Item[], item: Item): Item {
    const taken = items.some((other) => other.id !== item.id && keyOf(other) === keyOf(item));
    if (taken) throw new AppError('CONFLICT', `A ${noun} of this ${name} exists.`, { errors: [{ path: name, message: 'is taken' }] });
    return item;
  }

  function decide(state: CatalogueState<Item> | null, command: CatalogueCommand<Item>): Decision<CatalogueEntry<Noun, Item>> | null {
    const items = state?.items ?? [];
    const { [name]: called } = (command.type === 'create' ? command.item : command.changes) as Partial<Item>;
    if (called !== undefined && nameKeyOf(String(called)) === '') throw invalid(name, 'must not be blank');
    if (command.type === 'create') {
      if (items.length >= max) throw new AppError('RULE_VIOLATED', `A workspace has at most ${max} of this kind.`);
      return { type: `${noun}-created`, actor: command.by, data: free(items, command.item) };
    }
    const item = items.find(({ id }) => id === command.id);
    if (!item) throw notFound(noun);
    const changes = command.changes as Partial<Item>;
    return differs(item, changes) ? { type: `${noun}-changed`, actor: command.by, data: free(items, { ...item, ...changes }) } : null;
  }

  return {
    noun: `${noun}-catalogue`,
    indexes: [],
    decide,
    fold: (state, { workspaceId, seq, at, type, data }) => {
      const items = state?.items ?? [];
      return { workspaceId, seq, at, items: type === `${noun}-created` ? [...items, data] : items.map((item) => (item.id === data.id ? data : item)) };
    },
    toEvents: (_before, _after, entry) => [toEvent(entry)],
  };
}
