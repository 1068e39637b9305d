import { UnstyledButton } from '@mantine/core';
import type { ComponentType } from 'react';
import { countText } from './count-text';
import classes from './trays.module.css';

interface Props {
  /** What tests and styles know it by. */
  readonly tray: string;
  readonly icon: ComponentType<{ size: number; stroke: number }>;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  /** How much in it waits for the agent, and in words; not shown at 0. */
  readonly waiting?: { readonly count: number; readonly words: string };
  readonly count?: number;
}

/** A place where conversations are: its name, and how many. */
export function PlaceButton({ tray, icon: Icon, name, isChosen, onChoose, waiting, count }: Props) {
  return (
    <UnstyledButton className={classes.tray} data-tray={tray} aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
      <Icon size={17} stroke={1.7} />
      <span className={classes.name}>{name}</span>
      {waiting !== undefined && waiting.count > 0 && (
        <span className={classes.unread} title={waiting.words}>
          {countText(waiting.count)}
        </span>
      )}
      {count !== undefined && <span className={classes.count}>{countText(count)}</span>}
    </UnstyledButton>
  );
}
