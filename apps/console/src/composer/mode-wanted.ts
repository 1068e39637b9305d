import { Signal } from '../ui/signal';
import type { Mode } from './drafts';

/** Somebody wants to write, a message or a note, in the conversation that is open. */
export const modeWanted = new Signal<Mode>();
