/** In the order of the sheet. The letters are of the Spanish words where those are free. */
export const shortcuts = {
  next: 'j',
  previous: 'k',
  search: '/',
  claim: 't',
  reply: 'r',
  note: 'n',
  transfer: 'd',
  close: 'c',
  undo: 'z',
  mark: 'm',
  day: 'f',
  sheet: '?',
} as const;

export type Shortcut = keyof typeof shortcuts;
export const shortcutNames = Object.keys(shortcuts) as Shortcut[];

/** What of a key press matters here. */
export interface ShortcutPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
}

/** Going on may be held down; nothing else is done twice by one press. */
const repeated: readonly Shortcut[] = ['next', 'previous'];

/** What a key asks for. Signs are asked for by themselves: on which key they are is the keyboard's business. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey, repeat }: ShortcutPress): Shortcut | null {
  if (ctrlKey || metaKey || altKey) return null;
  const name = shortcutNames.find((each) => shortcuts[each] === key.toLowerCase());
  return name === undefined || (repeat && !repeated.includes(name)) ? null : name;
}

/** Where keys mean something else: whatever is written in, menus and lists that find by letters, dialogs. */
export const ownKeys = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"], [role="listbox"], [role="combobox"], [role="dialog"]';

/**
 * Another conversation of a list, as ids, from the one that is open; the first when that is none of them. Around its ends:
 * one that was read goes down among those that do not wait, and the next is above it.
 */
export function neighbourOf(ids: readonly string[], openId: string | null, step: 1 | -1): string | null {
  const index = openId === null ? -1 : ids.indexOf(openId);
  return (index === -1 ? ids[0] : ids.at((index + step) % ids.length)) ?? null;
}
