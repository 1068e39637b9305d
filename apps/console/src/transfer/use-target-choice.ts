import type { ConversationView } from '@relevo/contracts';
import { type KeyboardEvent, useId, useState } from 'react';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { optionIdOf } from './target-list';
import { idOf, type Target, targetsOf } from './targets';

export interface TargetChoice {
  readonly listId: string;
  readonly typed: string;
  readonly targets: readonly Target[];
  /** Where the arrows are. */
  readonly active: Target | null;
  /** As they stand now, not as they stood when they were chosen. */
  readonly chosen: Target | null;
  readonly choose: (target: Target) => void;
  readonly type: (typed: string) => void;
  /** Of the search field; true when it was for this. */
  readonly press: (event: KeyboardEvent) => boolean;
  readonly aria: object;
}

/** One of agents and teams, found by typing and the arrows while the focus stays in the search field. */
export function useTargetChoice(conversation: ConversationView): TargetChoice {
  const { agents, teams } = useDirectory();
  const { id: myId } = useMe();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [activeId, setActiveId] = useState<string | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const all = targetsOf({ agents, teams }, conversation, myId, '');
  const targets = typed.trim() === '' ? all : targetsOf({ agents, teams }, conversation, myId, typed);
  const active = targets.find((target) => idOf(target) === activeId) ?? targets[0] ?? null;
  const chosen = all.find((target) => idOf(target) === chosenId) ?? null;

  const choose = (target: Target): void => {
    setActiveId(idOf(target));
    setChosenId(idOf(target));
  };
  const type = (next: string): void => {
    setTyped(next);
    setActiveId(null);
    // What one looks for is somebody else.
    setChosenId(null);
  };
  const press = (event: KeyboardEvent): boolean => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && active) {
      const next = targets.at((targets.indexOf(active) + step) % targets.length);
      if (next) setActiveId(idOf(next));
    } else if (event.key === 'Enter' && active) choose(active);
    else return false;
    event.preventDefault();
    return true;
  };
  const aria = { role: 'combobox', 'aria-expanded': targets.length > 0, 'aria-controls': listId, 'aria-autocomplete': 'list', ...(active && { 'aria-activedescendant': optionIdOf(listId, active) }) };
  return { listId, typed, targets, active, chosen, choose, type, press, aria };
}
