import { Drawer } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import classes from './side-pane.module.css';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly side: 'left' | 'right';
  readonly label: string;
  /** Of what it holds. */
  readonly id?: string;
  readonly children: ReactNode;
}

/** A pane that comes over the others where there is no room beside them. */
export function SidePane({ isOpen, onClose, side, label, id, children }: Props) {
  // Its own Escape would be heard before what is open within it: a field that is edited, a menu, a dialog.
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const innermost = event.target instanceof Element ? event.target.closest('[role="dialog"], [role="menu"], [role="listbox"]') : null;
    if (event.key === 'Escape' && innermost === event.currentTarget) onClose();
  };
  return (
    <Drawer.Root opened={isOpen} onClose={onClose} position={side} size={330} closeOnEscape={false}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={label} onKeyDown={press}>
        <Drawer.Body className={classes.body} id={id}>
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
