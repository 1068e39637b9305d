import type { Rpc } from '@relevo/contracts';
import { newId } from '@relevo/platform';

type Plain<T> = { [K in keyof T]: T[K] };

/** What a caller writes of a request: its fields, and a `commandId` only to repeat a command. */
export type Asked<Request> = Request extends { commandId: string } ? Omit<Plain<Request>, 'commandId'> & { commandId?: string } : Plain<Request>;

/** A request that agents may ask. */
export type AgentRpc<Request extends object, Reply extends object> = Pick<Rpc<Request, Reply>, 'subject' | 'request' | 'reply'>;

export const newCommandId = newId;
