import { isDeepStrictEqual } from 'node:util';
import { type CountKey, countKey, countKeysOf, type KeyCounts, maxCountKeys, type TrayCounts, trayCountsOf } from '@relevo/contracts';
import type { Sight } from '../live/rooms.js';
import type { Touched } from './touched-keys.js';

/** A socket, as far as it is told counts. */
export interface Listener {
  readonly connected: boolean;
  readonly data: {
    readonly identity: { readonly agentId: string };
    readonly sight?: Sight;
    /** As they were last told. */
    counts?: TrayCounts;
  };
  emit(event: 'counts.updated', counts: TrayCounts): unknown;
}

/** Who is connected here, and needs a key for what they are told. */
export interface Listeners {
  has(key: CountKey): boolean;
  of(key: CountKey): readonly Listener[];
}

/** Asks the owner; each key is counted after the question. */
export type AskCounts = (keys: CountKey[]) => Promise<readonly KeyCounts[]>;

const keysOf = ({ data: { identity, sight } }: Listener): CountKey[] => (sight ? countKeysOf({ id: identity.agentId, ...sight }) : []);

/**
 * What the agents of a workspace who are connected here are told of its trays. The last count of each key that they need
 * is kept, and events say which are out of date: a round asks for those alone, however many listen, and tells those whose
 * own counts came out otherwise.
 */
export class WorkspaceCounts {
  private readonly known = new Map<CountKey, KeyCounts>();
  /** Touched since they were last asked for. */
  private readonly stale = new Set<CountKey>();
  /** Asked for just now. */
  private asking: readonly CountKey[] = [];
  /** Came out otherwise since anybody was told. */
  private readonly changed = new Set<CountKey>();
  /** To be told whether anything changes or not. */
  private readonly newcomers = new Set<Listener>();

  constructor(
    private readonly listeners: Listeners,
    private readonly ask: AskCounts,
  ) {}

  /** Whether a round is due for it: whether anybody here needs what was touched. */
  touch({ keys, onlyReads = false }: Touched): boolean {
    const touched = onlyReads ? keys.filter((key) => !this.hasAllSeen(key)) : keys;
    for (const key of touched) this.stale.add(key);
    return touched.some((key) => this.listeners.has(key));
  }

  /** They are told once, in the next round. */
  welcome(listener: Listener): void {
    delete listener.data.counts;
    this.newcomers.add(listener);
  }

  leave(listener: Listener): void {
    this.newcomers.delete(listener);
    const own = countKey.agent(listener.data.identity.agentId);
    if (!this.listeners.has(own)) this.known.delete(own);
  }

  /** Events were lost: whatever is known may be out of date. */
  doubt(): void {
    for (const key of [...this.known.keys(), ...this.asking]) this.stale.add(key);
  }

  /** Asks for what is due, and tells whom it concerns. When it fails, all of that is due still. */
  async round(): Promise<void> {
    const due = this.takeDue();
    const waiting = [...this.newcomers];
    this.newcomers.clear();
    try {
      await this.learn(due);
    } catch (error) {
      for (const key of due) this.stale.add(key);
      for (const listener of waiting) this.newcomers.add(listener);
      throw error;
    }
    const concerned = [...this.changed].flatMap((key) => this.listeners.of(key));
    this.changed.clear();
    for (const listener of new Set([...concerned, ...waiting])) this.tell(listener);
  }

  /** What is known may be older than an event that makes something unread, while it is asked for or about to be. */
  private hasAllSeen(key: CountKey): boolean {
    const counts = this.known.get(key);
    return counts !== undefined && 'queues' in counts && counts.unread === 0 && !counts.mentions && !this.asking.includes(key);
  }

  private takeDue(): CountKey[] {
    const missing = [...this.newcomers].flatMap((listener) => keysOf(listener).filter((key) => !this.known.has(key)));
    const due = new Set([...this.stale, ...missing]);
    this.stale.clear();
    for (const key of due) {
      if (this.listeners.has(key)) continue;
      due.delete(key);
      this.known.delete(key);
    }
    return [...due];
  }

  private async learn(due: readonly CountKey[]): Promise<void> {
    this.asking = due;
    try {
      for (let from = 0; from < due.length; from += maxCountKeys) {
        for (const counts of await this.ask(due.slice(from, from + maxCountKeys))) {
          if (!isDeepStrictEqual(this.known.get(counts.key), counts)) this.changed.add(counts.key);
          this.known.set(counts.key, counts);
        }
      }
    } finally {
      this.asking = [];
    }
  }

  /** Nothing, while a key is missing: then their sight has just changed, and the next round is for them. */
  private tell(listener: Listener): void {
    const counts = trayCountsOf(keysOf(listener), this.known);
    if (!listener.connected || !listener.data.sight || !counts || isDeepStrictEqual(counts, listener.data.counts)) return;
    listener.data.counts = counts;
    listener.emit('counts.updated', counts);
  }
}
