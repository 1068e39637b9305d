import { isBefore, type Position } from './position.js';

export interface Row extends Position {
  readonly accepted: boolean;
}

/** Rows of one source after a place, in order; fewer than `limit` only at its end. */
export type Fetch<R extends Row> = (after: Position | null, limit: number) => Promise<R[]>;

export interface Merged<R extends Row> {
  readonly rows: R[];
  /** Where to go on; null at the end of all sources. */
  readonly last: Position | null;
}

export interface MergeLimits {
  /** Rows wanted. */
  readonly page: number;
  /** Rows looked at in all; a page that finds too few among them is short. */
  readonly examined: number;
}

/** What is left of a source: rows at hand, and whether there are more. */
class Head<R extends Row> {
  private rows: R[] = [];
  private next = 0;
  private ended = false;

  constructor(
    private readonly fetch: Fetch<R>,
    private last: Position | null,
  ) {}

  get row(): R | undefined {
    return this.rows[this.next];
  }

  get needsMore(): boolean {
    return !this.ended && this.row === undefined;
  }

  advance(): void {
    this.next += 1;
  }

  /** How many rows that took. */
  async more(limit: number): Promise<number> {
    this.rows = await this.fetch(this.last, limit);
    this.next = 0;
    this.last = this.rows.at(-1) ?? this.last;
    this.ended = this.rows.length < limit;
    return this.rows.length;
  }
}

/**
 * A page of several ordered sources as one: each row once, though sources may overlap, and only those that one of them
 * accepts. It looks at a bounded number of rows, so a page may be short and not the last.
 */
export async function merge<R extends Row>(sources: readonly Fetch<R>[], from: Position | null, { page, examined }: MergeLimits): Promise<Merged<R>> {
  const heads = sources.map((fetch) => new Head(fetch, from));
  const rows: R[] = [];
  let last = from;
  for (let budget = examined; ; ) {
    const empty = heads.filter((head) => head.needsMore);
    if (empty.length > 0) {
      const share = Math.min(page + 1, Math.floor(budget / empty.length));
      if (share === 0) return { rows, last };
      for (const taken of await Promise.all(empty.map((head) => head.more(share)))) budget -= taken;
      continue;
    }
    const row = heads.reduce<R | null>((best, head) => (head.row && (best === null || isBefore(head.row, best)) ? head.row : best), null);
    if (row === null) return { rows, last: null };
    // A row that moved while it was read may turn up where others have been already.
    const isRepeat = last !== null && !isBefore(last, row);
    if (!isRepeat && rows.length === page) return { rows, last };
    const same = heads.filter((head) => head.row?.order === row.order && head.row.id === row.id);
    const accepted = same.find((head) => head.row?.accepted)?.row;
    for (const head of same) head.advance();
    if (isRepeat) continue;
    if (accepted) rows.push(accepted);
    last = row;
  }
}
