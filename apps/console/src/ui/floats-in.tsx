import { MantineThemeProvider } from '@mantine/core';
import type { ReactNode } from 'react';

const mountedIn = (id: string) => ({ components: { Portal: { defaultProps: { target: `#${id}` } } } });

/** By the id of their element; made once, because another theme draws everything under it again. */
const panes = { trays: mountedIn('trays'), list: mountedIn('list'), thread: mountedIn('thread'), customer: mountedIn('customer') } as const;

interface Props {
  readonly pane: keyof typeof panes;
  readonly children: ReactNode;
}

/**
 * Menus, lists of a field and whatever else floats above a pane are mounted in it: whoever goes by landmarks is still in
 * the one they came from, and nothing of the page is outside of all.
 */
export const FloatsIn = ({ pane, children }: Props) => (
  <MantineThemeProvider inherit theme={panes[pane]}>
    {children}
  </MantineThemeProvider>
);
