import type { Entry, EntryType } from '@relevo/contracts';

/** What ends an undo before its time, by what happened (product rule "Undo"); `undone`: somebody's tab was faster. */
export type Obstacle = 'message' | 'note' | 'tag' | 'claim' | 'release' | 'transfer' | 'close' | 'opened' | 'undone';

const obstacles: Readonly<Partial<Record<EntryType, Obstacle>>> = {
  message: 'message',
  note: 'note',
  tagged: 'tag',
  untagged: 'tag',
  assigned: 'claim',
  released: 'release',
  transferred: 'transfer',
  closed: 'close',
  superseded: 'opened',
  'transfer-undone': 'undone',
  'close-undone': 'undone',
};

/** These stand in the way only as an agent's: a customer's message and automatic assignment do not. */
const byAgentsOnly: readonly EntryType[] = ['message', 'assigned'];

export interface Found {
  readonly what: Obstacle;
  readonly by: Entry['actor'];
}

/** The first among what happened since; null when nothing of it stands in the way. */
export function obstacleIn(entries: readonly Pick<Entry, 'type' | 'actor'>[]): Found | null {
  for (const { type, actor } of entries) {
    const what = obstacles[type];
    if (what !== undefined && (actor.kind === 'agent' || !byAgentsOnly.includes(type))) return { what, by: actor };
  }
  return null;
}
