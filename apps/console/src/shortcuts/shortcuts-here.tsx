import { useEffect, useEffectEvent, useState } from 'react';
import { useKeptFlag } from '../ui/use-kept';
import { sheetWanted } from './sheet-wanted';
import { ownKeys, shortcutOf } from './shortcuts';
import { ShortcutsSheet } from './shortcuts-sheet';
import { useShortcutActions } from './use-shortcut-actions';

/** Hears the keys while nobody writes, and shows what they do. */
export function ShortcutsHere() {
  const actions = useShortcutActions();
  const [areEnabled, enable] = useKeptFlag('shortcuts', true);
  const [isSheetOpen, showSheet] = useState(false);

  const press = useEffectEvent((event: KeyboardEvent): void => {
    // Whatever had the focus has done something with it, or a character is being composed.
    if (event.defaultPrevented || event.isComposing || document.querySelector('[aria-modal="true"]')) return;
    const { target } = event;
    if (target instanceof HTMLElement && event.key === 'Escape' && target.matches('textarea, input[type="search"]')) {
      document.getElementById('thread')?.focus({ preventScroll: true });
      return;
    }
    if (!areEnabled || (target instanceof Element && target.closest(ownKeys))) return;
    const shortcut = shortcutOf(event);
    if (shortcut === null) return;
    event.preventDefault();
    if (shortcut === 'sheet') showSheet(true);
    else actions[shortcut]();
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => press(event);
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
  useEffect(() => sheetWanted.listen(() => showSheet(true)), []);

  return <ShortcutsSheet isOpen={isSheetOpen} onClose={() => showSheet(false)} areEnabled={areEnabled} onEnable={enable} />;
}
