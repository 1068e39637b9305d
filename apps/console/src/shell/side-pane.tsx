import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './side-pane.module.css';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly side: 'left' | 'right';
  readonly label: string;
  readonly children: ReactNode;
}

/** A pane that comes over the others where there is no room beside them. */
export const SidePane = ({ isOpen, onClose, side, label, children }: Props) => (
  <Drawer.Root opened={isOpen} onClose={onClose} position={side} size={330}>
    <Drawer.Overlay />
    <Drawer.Content aria-label={label}>
      <Drawer.Body className={classes.body}>{children}</Drawer.Body>
    </Drawer.Content>
  </Drawer.Root>
);
