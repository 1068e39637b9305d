import { fileLimits } from '@relevo/client';

export interface Admitted<T> {
  readonly taken: readonly T[];
  /** More than a message takes. */
  readonly leftOut: number;
}

/** Of what somebody chooses, as much as still fits into the message (product rule "Sending"). */
export function admitted<T>(files: readonly T[], alreadyChosen: number): Admitted<T> {
  const room = Math.max(0, fileLimits.perMessage - alreadyChosen);
  return { taken: files.slice(0, room), leftOut: Math.max(0, files.length - room) };
}
