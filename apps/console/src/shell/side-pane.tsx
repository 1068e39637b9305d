import { Drawer } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
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
  const content = useRef<HTMLDivElement>(null);
  // Its own Escape would be heard before what is open within it: a field that is edited, a menu, a dialog.
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !(event.target instanceof Element)) return;
    // A menu takes the focus a moment after it is there.
    const isOpening = event.target.closest('[aria-haspopup][aria-expanded="true"]') !== null;
    const innermost = event.target.closest('[role="dialog"], [role="menu"], [role="listbox"]');
    if (!isOpening && innermost === content.current) onClose();
  };
  return (
    <Drawer.Root opened={isOpen} onClose={onClose} position={side} size={330} closeOnEscape={false} onKeyDown={press}>
      <Drawer.Overlay />
      <Drawer.Content ref={content} aria-label={label}>
        <Drawer.Body className={classes.body} id={id}>
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
