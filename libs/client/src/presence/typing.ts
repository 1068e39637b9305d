import type { EntryActor, LiveEvents } from '@relevo/contracts';
import { Cell, derived, type Store } from '../store/cell.js';

export type TypingNotice = Parameters<LiveEvents['typing']>[0];

/** Whoever goes on says so again before; a reconnection forgets that they left off. */
const fadesAfterMs = 7_000;
/** A gateway takes one in two seconds. */
const repeatMs = 3_000;
/** Whoever wrote nothing for so long has left off. */
const idleMs = 5_000;

const nobody: readonly EntryActor[] = [];

/** Who writes where: told by others, and to others. */
export class Typing {
  private readonly cell = new Cell<ReadonlyMap<string, readonly EntryActor[]>>(new Map());
  private readonly stores = new Map<string, Store<readonly EntryActor[]>>();
  private readonly fading = new Map<string, ReturnType<typeof setTimeout>>();
  private own: { conversationId: string; saidAt: number; idle: ReturnType<typeof setTimeout> } | null = null;

  constructor(private readonly say: (event: 'typing.start' | 'typing.stop', conversationId: string) => void) {}

  /** Who writes in a conversation just now, besides the agent. */
  of(conversationId: string): Store<readonly EntryActor[]> {
    const known = this.stores.get(conversationId) ?? derived([this.cell], (all) => all.get(conversationId) ?? nobody);
    this.stores.set(conversationId, known);
    return known;
  }

  hear({ conversationId, actor, stopped }: TypingNotice): void {
    const key = `${conversationId} ${actor.kind} ${actor.id}`;
    clearTimeout(this.fading.get(key));
    this.fading.delete(key);
    const others = (this.cell.getSnapshot().get(conversationId) ?? nobody).filter(({ kind, id }) => kind !== actor.kind || id !== actor.id);
    this.put(conversationId, stopped === true ? others : [...others, actor]);
    if (stopped !== true) this.fading.set(key, setTimeout(() => this.hear({ conversationId, actor, stopped: true }), fadesAfterMs));
  }

  /** The agent writes a message to the customer: at each key. Never for a note: it is nobody's to know of. */
  writing(conversationId: string): void {
    if (this.own && this.own.conversationId !== conversationId) this.leftOff();
    const saidAt = this.own?.saidAt ?? 0;
    clearTimeout(this.own?.idle);
    const idle = setTimeout(() => this.leftOff(), idleMs);
    const isDue = Date.now() - saidAt >= repeatMs;
    this.own = { conversationId, idle, saidAt: isDue ? Date.now() : saidAt };
    if (isDue) this.say('typing.start', conversationId);
  }

  /** Sent, emptied, or looked elsewhere. */
  leftOff(): void {
    if (!this.own) return;
    clearTimeout(this.own.idle);
    this.say('typing.stop', this.own.conversationId);
    this.own = null;
  }

  clear(): void {
    clearTimeout(this.own?.idle);
    this.own = null;
    for (const timer of this.fading.values()) clearTimeout(timer);
    this.fading.clear();
    this.cell.set(new Map());
  }

  private put(conversationId: string, actors: readonly EntryActor[]): void {
    const all = new Map(this.cell.getSnapshot());
    if (actors.length === 0) all.delete(conversationId);
    else all.set(conversationId, actors);
    this.cell.set(all);
  }
}
