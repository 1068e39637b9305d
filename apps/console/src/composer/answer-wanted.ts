import { Signal } from '../ui/signal';

/** The conversation of this id was taken, to be answered: where it is open, its field takes the focus. */
export const answerWanted = new Signal<string>();
