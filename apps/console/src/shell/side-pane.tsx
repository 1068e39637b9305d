import { Drawer } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import classes from './side-pane.module.css';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly side: 'left' | 'right';
  readonly label: string;
  readonly children: ReactNode;
}

/** A pane that comes over the others where there is no room beside them. */
export function SidePane({ isOpen, onClose, side, label, children }: Props) {
  // Its own Escape would be heard before what is open within it: a field that is edited, a menu, a dialog.
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Escape' && event.target instanceof Node && event.currentTarget.contains(event.target)) onClose();
  };
  return (
    <Drawer.Root opened={isOpen} onClose={onClose} position={side} size={330} closeOnEscape={false}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={label} onKeyDown={press}>
        <Drawer.Body className={classes.body}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
