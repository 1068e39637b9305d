import { IsId } from '../fields.js';

/** An agent has a conversation open before them, and so sees which colleagues have. Until it is stopped, or the socket ends. */
export class StartViewing {
  @IsId() conversationId: string;
}

export class StopViewing {
  @IsId() conversationId: string;
}

/** What agents ask by a socket alone, for it ends with the socket. Answered with nothing; whoever may not see the conversation with `NOT_FOUND`. */
export const viewingEvents = { 'viewing.start': StartViewing, 'viewing.stop': StopViewing } as const;

/** Somebody who has a conversation open. */
export interface Viewer {
  readonly id: string;
  readonly name: string;
}

/** Of those who have a conversation open, this many are told at most. */
export const maxViewersTold = 20;
