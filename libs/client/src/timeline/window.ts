import type { Entry } from '@relevo/contracts';
import { merged, withoutGap } from '../timelines.js';

/** A part of a timeline that is at hand, and what came live beyond it. */
export interface TimelineWindow {
  /** In seq order, without a gap. */
  readonly entries: readonly Entry[];
  /** What comes live follows them. */
  readonly isAtEnd: boolean;
  /** Came live and does not follow yet: something in between is missing, or not wanted because somebody reads far above. */
  readonly ahead: readonly Entry[];
}

export const emptyTimeline: TimelineWindow = { entries: [], isAtEnd: false, ahead: [] };

/** What is far ahead of where somebody reads is asked for when they come there. */
const keptAhead = 200;

const lastSeq = ({ entries }: TimelineWindow): number => entries.at(-1)?.seq ?? 0;

/** Takes in what follows by now. */
function joined(window: TimelineWindow): TimelineWindow {
  const last = lastSeq(window);
  if (last === 0 || window.ahead.length === 0) return window;
  const entries = [...window.entries];
  const ahead: Entry[] = [];
  for (const entry of window.ahead) {
    const end = entries.at(-1)?.seq ?? 0;
    if (entry.seq === end + 1) entries.push(entry);
    else if (entry.seq > end) ahead.push(entry);
  }
  return { ...window, entries, ahead };
}

/** An entry as an event, or the answer of a command, told of it. */
export function withLive(window: TimelineWindow, entry: Entry): TimelineWindow {
  if (entry.seq <= lastSeq(window)) return window;
  const ahead = merged(window.ahead, [entry]).slice(-keptAhead);
  return joined({ ...window, ahead });
}

/** Live entries show that some in between are missing. */
export const hasGap = ({ isAtEnd, ahead }: TimelineWindow): boolean => isAtEnd && ahead.length > 0;

/** Whatever came since may have been missed. */
export const outOfDate = (window: TimelineWindow): TimelineWindow => ({ ...window, isAtEnd: false });

/**
 * Entries that touch what is at hand, or are all there is: `isAtEnd`, when nothing followed them as they were read. What
 * does not touch is left out, because it was asked for before what is shown now. What is at hand has no gap and never
 * changes, so that only what comes before it and after it is looked at.
 */
export function withEntries(window: TimelineWindow, more: readonly Entry[], isAtEnd: boolean): TimelineWindow {
  const { entries: held } = window;
  const page = merged([], more);
  const [first, last] = [held[0], held.at(-1)];
  const older = first ? page.filter(({ seq }) => seq < first.seq) : [];
  const newer = last ? page.filter(({ seq }) => seq > last.seq) : page;
  if (!withoutGap(first ? [...older, first] : older) || !withoutGap(last ? [last, ...newer] : newer)) return window;
  // What is said to lie ahead of an end that nothing follows is not there.
  const ahead = isAtEnd && more.length === 0 ? [] : window.ahead;
  const entries = older.length + newer.length === 0 ? held : [...older, ...held, ...newer];
  return joined({ entries, ahead, isAtEnd: window.isAtEnd || isAtEnd });
}

/** Another part of the timeline in place of what was shown; what came live while it was asked for may follow it. */
export const startedAt = ({ entries: before, ahead }: TimelineWindow, entries: readonly Entry[], isAtEnd: boolean): TimelineWindow =>
  withEntries({ ...emptyTimeline, ahead: merged(before, ahead).slice(-keptAhead) }, entries, isAtEnd);
