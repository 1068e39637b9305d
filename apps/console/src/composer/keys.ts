import type { SendKey } from '@relevo/contracts';
import type { KeyboardEvent } from 'react';

/** What of a key press matters here. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  /** Somebody is composing a character: Enter chooses it, and does nothing else. */
  readonly isComposing: boolean;
  /** 229 while composing, also where the browser says so in no other way. */
  readonly keyCode: number;
}

/** `native`: the browser's own doing, a line break of Shift+Enter. */
export type KeyMeaning = 'send' | 'break' | 'native' | null;

/** What Enter means (product rule "Sending"): it sends and Ctrl+Enter breaks the line, or the other way round. */
export function meaningOf({ key, ctrlKey, metaKey, shiftKey, altKey, isComposing, keyCode }: KeyPress, sendKey: SendKey): KeyMeaning {
  if (key !== 'Enter') return null;
  if (isComposing || keyCode === 229) return null;
  if (shiftKey || altKey) return 'native';
  const withControl = ctrlKey || metaKey;
  if (sendKey === 'enter') return withControl ? 'break' : 'send';
  return withControl ? 'send' : 'native';
}

/** A key press that React tells of. */
export const keyPressOf = ({ key, ctrlKey, metaKey, shiftKey, altKey, keyCode, nativeEvent: { isComposing } }: KeyboardEvent): KeyPress => ({ key, ctrlKey, metaKey, shiftKey, altKey, isComposing, keyCode });
