import type { Viewer } from '@relevo/contracts';
import type { AgentSocket } from '../socket/agent-socket.js';

/** One conversation that somebody here has open, or is about to. */
export interface OpenConversation {
  /** Rooms of those who may see it, as of `seq`; none until the owner or an event told. Whoever asks knows no better. */
  seers: readonly string[] | null;
  seq: number;
  readonly viewers: Map<AgentSocket, Viewer>;
  /** Questions to its owner that are under way. */
  asking: number;
}

/** By the rooms that a socket is in: those of its agent's sight, as it is now. */
const sees = (socket: AgentSocket, { seers }: OpenConversation): boolean => seers?.some((name) => socket.rooms.has(name)) ?? false;

/** Which conversations the sockets of this replica have open. Whoever may not see one any more does not have it open, either. */
export class OpenConversations {
  private readonly conversations = new Map<string, OpenConversation>();
  private readonly bySocket = new Map<AgentSocket, Set<string>>();

  has(socket: AgentSocket, conversationId: string): boolean {
    return this.bySocket.get(socket)?.has(conversationId) ?? false;
  }

  countOf(socket: AgentSocket): number {
    return this.bySocket.get(socket)?.size ?? 0;
  }

  /** Each of them once, whatever the number of their sockets. */
  agentsAt(conversationId: string): Viewer[] {
    return [...new Map([...this.viewersOf(conversationId)].map(([, viewer]) => [viewer.id, viewer])).values()];
  }

  viewersOf(conversationId: string): ReadonlyMap<AgentSocket, Viewer> {
    return this.conversations.get(conversationId)?.viewers ?? new Map<AgentSocket, Viewer>();
  }

  get all(): string[] {
    return [...this.conversations].flatMap(([id, { viewers }]) => (viewers.size > 0 ? [id] : []));
  }

  /** From now on events tell who may see it; to be ended with `asked`. */
  ask(conversationId: string): void {
    const open = this.conversations.get(conversationId) ?? { seers: null, seq: 0, viewers: new Map<AgentSocket, Viewer>(), asking: 0 };
    open.asking += 1;
    this.conversations.set(conversationId, open);
  }

  asked(conversationId: string): void {
    const open = this.conversations.get(conversationId);
    if (open) open.asking -= 1;
    this.tidy(conversationId);
  }

  /** Who may see it, as the owner or an event says; the later is right. Answers whether somebody lost it. */
  know(conversationId: string, seq: number, seers: readonly string[]): boolean {
    const open = this.conversations.get(conversationId);
    if (!open || (open.seers !== null && seq <= open.seq)) return false;
    open.seq = seq;
    open.seers = seers;
    const blind = [...open.viewers.keys()].filter((socket) => !sees(socket, open));
    for (const socket of blind) this.remove(socket, conversationId);
    return blind.length > 0;
  }

  /** False: they may not see it. */
  add(socket: AgentSocket, conversationId: string, viewer: Viewer): boolean {
    const open = this.conversations.get(conversationId);
    if (!open || !sees(socket, open)) return false;
    open.viewers.set(socket, viewer);
    const own = this.bySocket.get(socket) ?? new Set();
    this.bySocket.set(socket, own.add(conversationId));
    return true;
  }

  remove(socket: AgentSocket, conversationId: string): boolean {
    const own = this.bySocket.get(socket);
    if (!own?.delete(conversationId)) return false;
    if (own.size === 0) this.bySocket.delete(socket);
    this.conversations.get(conversationId)?.viewers.delete(socket);
    this.tidy(conversationId);
    return true;
  }

  /** Of a socket that sees otherwise now, what it may not see any more; all of one that has gone. Answers what it had open. */
  removeUnseen(socket: AgentSocket, hasGone: boolean): string[] {
    const lost = [...(this.bySocket.get(socket) ?? [])].filter((id) => {
      const open = this.conversations.get(id);
      return hasGone || !open || !sees(socket, open);
    });
    for (const id of lost) this.remove(socket, id);
    return lost;
  }

  private tidy(conversationId: string): void {
    const open = this.conversations.get(conversationId);
    if (open && open.asking === 0 && open.viewers.size === 0) this.conversations.delete(conversationId);
  }
}
