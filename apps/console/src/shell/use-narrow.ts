import { useMediaQuery } from '@mantine/hooks';

/** Too narrow for panes side by side: one at a time. */
export const useNarrow = (): boolean => useMediaQuery('(max-width: 1023px)', undefined, { getInitialValueInEffect: false });

/** Wide enough for the customer's panel to be there without being asked for. */
export const useWide = (): boolean => useMediaQuery('(min-width: 1280px)', undefined, { getInitialValueInEffect: false });
