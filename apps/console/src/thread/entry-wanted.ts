import { Signal } from '../ui/signal';

/** Somebody wants to be at an entry, by its seq, that the address of the conversation that is open names already. */
export const entryWanted = new Signal<number>();
