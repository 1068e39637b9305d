import { Signal } from '../ui/signal';

/** The sheet of shortcuts is to be shown. */
export const sheetWanted = new Signal();
