/** What the two processes of the floor and the benchmark say to each other. */
export const floor = {
  request: 'floor.send',
  event: 'floor.event',
  stream: 'FLOOR',
  entries: 'conversation_journal',
  conversations: 'conversation_projection',
} as const;

export interface FloorSend {
  readonly conversationId: string;
  readonly commandId: string;
  readonly text: string;
}

/** A stored conversation, whatever it holds: as large as the product's, because it is a copy of one. */
export interface FloorConversation {
  readonly _id: string;
  readonly workspaceId: string;
  readonly seq: number;
}
