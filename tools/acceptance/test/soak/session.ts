import type { LiveEvent } from '@relevo/client';
import type { AgentProfile, Role } from '@relevo/contracts';

/** What decides which conversations an agent sees (product rule "Sight"). */
export interface Sight {
  readonly role: Role;
  readonly teamIds: readonly string[];
}

export const sightOf = ({ role, teamIds }: AgentProfile): Sight => ({ role, teamIds: [...teamIds].sort() });

export const sameSight = (a: Sight, b: Sight): boolean => a.role === b.role && a.teamIds.join() === b.teamIds.join();

/** All that one socket gave, in order. */
export interface Session {
  /** Of whom. */
  readonly agentId: string;
  /** As messages name it. */
  readonly name: string;
  /** That it gave in its handshake. */
  readonly cursor: string | null;
  readonly heard: LiveEvent[];
  /** Still there at the end, so that nothing may be missing from it. */
  whole: boolean;
}

/** Where in the stream; grows with every event of any workspace. */
export const placeOf = (cursor: string): number => Number(cursor.split('.')[1]);
