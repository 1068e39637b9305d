import { RelevoError } from '@relevo/client';

/** Why something failed, as a code; a mistake of ours is told as one. */
export const codeOf = (error: unknown): string => (error instanceof RelevoError ? error.code : 'INTERNAL');
