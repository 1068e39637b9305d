import type { AgentSocket } from '../socket/agent-socket.js';

/** That a socket asked to open a conversation, until its question is answered. */
export interface Wish {
  /** False once it left off, or asked again: then the later question counts. */
  readonly holds: boolean;
  /** The question is answered. */
  end(): void;
}

/** Which conversations sockets are about to open. A question may take longer than they stay, and nobody waits for its answer to leave. */
export class Wishes {
  private readonly bySocket = new WeakMap<AgentSocket, Map<string, Wish>>();

  begin(socket: AgentSocket, conversationId: string): Wish {
    const own = this.bySocket.get(socket) ?? new Map<string, Wish>();
    this.bySocket.set(socket, own);
    const wish: Wish = {
      get holds() {
        return own.get(conversationId) === wish;
      },
      end: () => void (wish.holds && own.delete(conversationId)),
    };
    own.set(conversationId, wish);
    return wish;
  }

  leave(socket: AgentSocket, conversationId: string): void {
    this.bySocket.get(socket)?.delete(conversationId);
  }
}
