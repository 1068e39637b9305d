import { AppError } from '@relevo/contracts';
import { Arrivals, Latencies } from './latency.js';

/** Refusals that are part of the game: somebody was quicker. */
const lostRaces: ReadonlySet<string> = new Set(['ALREADY_ASSIGNED', 'CONVERSATION_CLOSED', 'NOT_ASSIGNEE', 'NOT_FOUND']);

/** What happened so far. */
export class Tally {
  readonly arrivals = new Arrivals();
  /** From posting to the 202. */
  readonly accepting = new Latencies();
  written = 0;
  claimed = 0;
  answered = 0;
  closed = 0;
  lost = 0;
  heldBack = 0;
  errors = 0;
  lastError = '';

  failed(error: unknown): void {
    if (error instanceof AppError && lostRaces.has(error.code)) {
      this.lost += 1;
      return;
    }
    this.errors += 1;
    this.lastError = error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
  }

  /** One line, as long as a terminal is wide at most. */
  toString(): string {
    const counts = [`${this.written} written`, `${this.claimed} claimed`, `${this.answered} answered`, `${this.closed} closed`, `${this.lost} lost races`];
    if (this.heldBack > 0) counts.push(`${this.heldBack} held back`);
    counts.push(this.errors > 0 ? `${this.errors} errors (${this.lastError})` : '0 errors');
    return `${counts.join(', ')} | accepted ${this.accepting.toString()} | live ${this.arrivals.latencies.toString()}`;
  }
}
