import type { Ack } from '@relevo/contracts';
import { io } from 'socket.io-client';
import { RelevoError, refusalIn, unreachable } from '../api/error.js';

/** What a socket's owner is told. After `onClosed`, nothing. */
export interface SocketHandlers {
  readonly onEvent: (name: string, payload: unknown) => void;
  /** It ended or was never there: the refusal of its handshake, or `UNREACHABLE`. */
  readonly onClosed: (reason: RelevoError) => void;
}

export interface SocketAuth {
  readonly token: string;
  readonly cursor?: string;
}

/** One connection, which does not come back by itself. */
export interface ClientSocket {
  /** Rejects with `UNREACHABLE` when no acknowledgement came: whether it was done is not known then. */
  ask(event: string, body: unknown, timeoutMs: number): Promise<Ack<unknown>>;
  close(): void;
}

/** `auth` is what the handshake shows: an agent's where nothing else is said. */
export type OpenSocket<A extends object = SocketAuth> = (gatewayUrl: string, auth: A, handlers: SocketHandlers) => ClientSocket;

const connectMs = 10_000;

/** A namespace of Socket.IO, by WebSocket alone. */
export const socketOf = <A extends object>(namespace: 'agent' | 'widget'): OpenSocket<A> => (gatewayUrl, auth, { onEvent, onClosed }) => {
  const socket = io(`${gatewayUrl}/${namespace}`, { transports: ['websocket'], auth, reconnection: false, forceNew: true, timeout: connectMs });
  let isOver = false;
  const end = (reason: RelevoError): void => {
    if (isOver) return;
    isOver = true;
    socket.disconnect();
    onClosed(reason);
  };
  socket.onAny((name: string, payload: unknown) => {
    if (!isOver) onEvent(name, payload);
  });
  socket.on('connect_error', (error: Error & { data?: unknown }) => {
    const refusal = refusalIn(error.data);
    end(refusal ? new RelevoError({ ...refusal, message: error.message }) : unreachable('The socket could not connect.', error));
  });
  socket.on('disconnect', (reason) => end(unreachable(`The socket ended: ${reason}.`)));
  return {
    async ask(event, body, timeoutMs) {
      if (isOver) throw unreachable('The socket has ended.');
      try {
        return (await socket.timeout(timeoutMs).emitWithAck(event, body)) as Ack<unknown>;
      } catch (error) {
        throw unreachable(`${event} was not acknowledged.`, error);
      }
    },
    close() {
      isOver = true;
      socket.disconnect();
    },
  };
};
