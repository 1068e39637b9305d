import type { Viewer } from '@relevo/contracts';

/** Who has a conversation open at one replica; nobody any more when empty. */
export interface ViewersThere {
  readonly conversationId: string;
  readonly agents: readonly Viewer[];
}

/** What a replica tells the others, in the order of `version`. */
export interface ViewingNotice {
  readonly replica: string;
  /** Of the notice; one that carries nothing repeats the last: a sign of life. */
  readonly version: number;
  /** Whatever was known before of that replica is void. */
  readonly reset?: boolean;
  readonly conversations: readonly ViewersThere[];
}

interface Replica {
  version: number;
  heardAt: number;
  readonly viewers: Map<string, readonly Viewer[]>;
}

/** What came of a notice: where something changed, and whether one before it was missed. */
export interface Heard {
  readonly changed: readonly string[];
  readonly isGap: boolean;
}

/** Who has what open at the other replicas, by what they tell. Notices may be lost; numbers show that. */
export class OtherReplicas {
  private readonly replicas = new Map<string, Replica>();

  constructor(private readonly silentMs: number) {}

  hear({ replica, version, reset = false, conversations }: ViewingNotice, now: number): Heard {
    const known = this.replicas.get(replica);
    const isSignOfLife = !reset && conversations.length === 0;
    if (known) known.heardAt = now;
    if (isSignOfLife) return { changed: [], isGap: known ? known.version !== version : version > 0 };
    if (!reset && known?.version !== version - 1) return { changed: [], isGap: true };
    const { viewers } = known ?? { viewers: new Map<string, readonly Viewer[]>() };
    const changed = new Set(conversations.map(({ conversationId }) => conversationId));
    if (reset) {
      for (const conversationId of viewers.keys()) changed.add(conversationId);
      viewers.clear();
    }
    for (const { conversationId, agents } of conversations) {
      if (agents.length === 0) viewers.delete(conversationId);
      else viewers.set(conversationId, agents);
    }
    this.replicas.set(replica, { version, heardAt: now, viewers });
    return { changed: [...changed], isGap: false };
  }

  of(conversationId: string): Viewer[] {
    return [...this.replicas.values()].flatMap(({ viewers }) => viewers.get(conversationId) ?? []);
  }

  /** Replicas that were not heard for too long are gone, and so is who was there: where that changes something. */
  forgetSilent(now: number): string[] {
    const silent = [...this.replicas].filter(([, { heardAt }]) => now - heardAt > this.silentMs);
    for (const [replica] of silent) this.replicas.delete(replica);
    return silent.flatMap(([, { viewers }]) => [...viewers.keys()]);
  }

  forget(replica: string): string[] {
    const viewers = this.replicas.get(replica)?.viewers;
    this.replicas.delete(replica);
    return [...(viewers?.keys() ?? [])];
  }
}
