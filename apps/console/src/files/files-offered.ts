import { Signal } from '../ui/signal';

/** Files were dropped or pasted over the conversation that is open; its composer takes them. */
export const filesOffered = new Signal<readonly File[]>();
