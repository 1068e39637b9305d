import type { AgentSocket } from './agent-socket.js';

/** Cuts the socket when its token expires; again after each new token. Answers the remaining life in ms. */
export function cutAtExpiry(socket: AgentSocket, now: Date): number {
  const remainingMs = Math.max(0, socket.data.identity.expiresAt - now.getTime());
  clearTimeout(socket.data.expiry);
  socket.data.expiry = setTimeout(() => socket.disconnect(true), remainingMs).unref();
  return remainingMs;
}
