import type { Sight } from './session.js';

/** From its beginning to its end, in this process's `performance.now()`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What an admin makes of an agent; what is left out stays. */
export type Change = Partial<Sight> & { readonly active?: boolean };

interface Made<T> extends Span {
  readonly value: T;
}

/** When what was done was asked for and answered: what whoever asks something later, or meanwhile, may rightly be told. */
export class Chronicle {
  private readonly changes: { agentId: string; change: Change; from: number; to: number }[] = [];
  private readonly reached = new Map<string, { seq: number; at: number }[]>();

  constructor(
    /** What each agent saw when it began. */
    private readonly initial: ReadonlyMap<string, Sight>,
  ) {}

  /** Notes a change of an agent from when it is asked for. It may happen at any time if it is never answered. */
  async changing(agentId: string, change: Change, make: () => Promise<unknown>): Promise<void> {
    const noted = { agentId, change, from: performance.now(), to: Infinity };
    this.changes.push(noted);
    await make();
    noted.to = performance.now();
  }

  /** Somebody was told that the conversation has come so far. */
  knows(conversationId: string, seq: number, at = performance.now()): void {
    this.reached.set(conversationId, [...(this.reached.get(conversationId) ?? []), { seq, at }]);
  }

  /** How far a conversation had come then, at least. */
  seqAt(conversationId: string, at: number): number {
    const before = (this.reached.get(conversationId) ?? []).filter((one) => one.at <= at);
    return Math.max(0, ...before.map(({ seq }) => seq));
  }

  /** All that the agent may have been entitled to at some moment of it. */
  sightsDuring(agentId: string, span: Span): Sight[] {
    const first = this.initial.get(agentId);
    if (!first) throw new Error(`there is no agent ${agentId}`);
    const roles = this.during(agentId, ({ role }) => role, first.role, span);
    return roles.flatMap((role) => this.during(agentId, ({ teamIds }) => teamIds, first.teamIds, span).map((teamIds) => ({ role, teamIds })));
  }

  /** Whether they may have been an agent at some moment of it, and whether not. */
  activeDuring(agentId: string, span: Span): boolean[] {
    return this.during(agentId, ({ active }) => active, true, span);
  }

  /** Every value that it may have had: what began before the end, and was not surely replaced before the beginning. */
  private during<T>(agentId: string, valueOf: (change: Change) => T | undefined, first: T, { from, to }: Span): T[] {
    const made: Made<T>[] = [{ value: first, from: -Infinity, to: -Infinity }];
    for (const { change, ...one } of this.changes) {
      const value = valueOf(change);
      if (one.agentId === agentId && value !== undefined) made.push({ value, from: one.from, to: one.to });
    }
    return made.filter((one) => one.from <= to && !made.some((later) => later.from > one.to && later.to <= from)).map(({ value }) => value);
  }
}
