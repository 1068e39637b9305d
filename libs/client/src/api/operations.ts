import type { OperationName, OperationTypes } from '@relevo/contracts';

type Plain<T> = { [K in keyof T]: T[K] };

/** What is written of a request. A command's `commandId` is made by the client. */
export type RequestOf<N extends OperationName> = Omit<Plain<OperationTypes[N]['request']>, 'commandId'>;

export type ReplyOf<N extends OperationName> = OperationTypes[N]['reply'];

/** What only asks. */
export type QueryName = Extract<OperationName, `GET ${string}`>;
/** What changes something, and carries a `commandId`. */
export type CommandName = Exclude<OperationName, QueryName>;

type OnSocket = { [N in OperationName as OperationTypes[N]['event'] extends never ? never : N]: OperationTypes[N]['event'] };

/**
 * The operations that a socket takes too, by what they are called there. Classes of the contracts cannot be loaded in a
 * browser, so it is written out; it does not compile unless it says what they say, all of it.
 */
export const socketEvents: OnSocket = {
  'GET /conversations': 'conversation.list',
  'GET /conversations/:conversationId': 'conversation.get',
  'GET /conversations/:conversationId/timeline': 'conversation.timeline',
  'POST /conversations/:conversationId/claim': 'conversation.claim',
  'POST /conversations/:conversationId/release': 'conversation.release',
  'POST /conversations/:conversationId/read': 'conversation.read',
  'POST /conversations/:conversationId/unread': 'conversation.unread',
  'POST /conversations/:conversationId/close': 'conversation.close',
  'POST /conversations/:conversationId/transfer': 'conversation.transfer',
  'POST /conversations/:conversationId/undo': 'conversation.undo',
  'PUT /conversations/:conversationId/tags/:tagId': 'conversation.tag',
  'DELETE /conversations/:conversationId/tags/:tagId': 'conversation.untag',
  'POST /conversations/:conversationId/messages': 'message.send',
  'POST /conversations/:conversationId/notes': 'note.add',
  'GET /customers/:customerId': 'customer.get',
  'PATCH /customers/:customerId': 'customer.update',
  'PUT /me/status': 'presence.set',
};

export const eventOf = (name: OperationName): string | undefined => (socketEvents as Partial<Record<OperationName, string>>)[name];
