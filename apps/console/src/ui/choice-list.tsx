import { type ReactNode, useEffect, useRef } from 'react';
import classes from './choice-list.module.css';
import type { Choice } from './use-choice';

interface Props<T> {
  readonly label: string;
  readonly choice: Choice<T>;
  readonly keyOf: (item: T) => string;
  readonly onUse: (item: T) => void;
  readonly children: (item: T) => ReactNode;
}

/** What can be put where one types, above the field; nothing where nothing is found. */
export function ChoiceList<T>({ label, choice: { listId, found, chosen }, keyOf, onUse, children }: Props<T>) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  if (found.length === 0) return null;
  return (
    <ul ref={list} id={listId} role="listbox" aria-label={label} className={classes.list}>
      {found.map((item, index) => (
        <li
          key={keyOf(item)}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === chosen}
          className={classes.option}
          // Before the field loses the focus, and with it the list.
          onMouseDown={(event) => {
            event.preventDefault();
            onUse(item);
          }}
        >
          {children(item)}
        </li>
      ))}
    </ul>
  );
}
