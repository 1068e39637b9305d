import { Signal } from '../ui/signal';

/** Somebody wants to go to a day of the conversation that is open. */
export const dayWanted = new Signal();
