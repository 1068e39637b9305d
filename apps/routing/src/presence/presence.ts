import type { Choice, Presence } from '@relevo/contracts';

/** What one gateway said last of its connections with an agent. */
export interface GatewayConnection {
  gateway: string;
  /** Of its report; a lower one that comes later says nothing. */
  seq: number;
  connected: boolean;
}

/** What everybody was last told of an agent, and when. */
export interface Told {
  status: Presence;
  activeCount: number;
  at: Date;
}

/** Beside the agent's journal, and not in it: it changes too often, and nobody asks how it was. */
export interface PresenceRecord {
  /** The agent's id. */
  _id: string;
  workspaceId: string;
  /** Of this record: rises with every write, so that what is concluded from it is written only while it still holds. */
  version: number;
  connections: GatewayConnection[];
  activeAt: Date;
  away: boolean;
  /** The last one, so that its repeat is known. */
  choice?: { commandId: string; status: Choice };
  told?: Told;
  /** When the standing may change, or may be told, by the mere passing of time. */
  lookAt?: Date;
}

export interface PresenceLimits {
  /** Without activity for this long an agent is offline. */
  readonly idleMs: number;
  /** A gateway that is silent for this long has no connections any more. */
  readonly silentMs: number;
}

/** When each gateway that is not given up was last heard of. */
export type Renewals = ReadonlyMap<string, Date>;

type Standing = Pick<PresenceRecord, 'connections' | 'activeAt' | 'away'>;

const before = (now: Date, ms: number): number => now.getTime() - ms;

/** Product rule "Routing": online, away (chosen), or offline: no live connection, or no activity for a while. */
export function statusOf(presence: Standing | null, renewals: Renewals, now: Date, { idleMs, silentMs }: PresenceLimits): Presence {
  if (presence === null) return 'offline';
  const isLive = ({ gateway, connected }: GatewayConnection): boolean => connected && (renewals.get(gateway)?.getTime() ?? 0) > before(now, silentMs);
  if (!presence.connections.some(isLive)) return 'offline';
  if (presence.activeAt.getTime() <= before(now, idleMs)) return 'offline';
  return presence.away ? 'away' : 'online';
}

/** News of one agent is not told more often than this: frontends come and go as pages are loaded again. */
export const tellEveryMs = 1_000;

const unknown: Omit<Told, 'at'> = { status: 'offline', activeCount: 0 };

/** What to do about the difference between how an agent stands and what was told of it, and when to look again. */
export function newsOf(presence: Pick<PresenceRecord, 'told' | 'activeAt'>, standing: Omit<Told, 'at'>, now: Date, { idleMs }: PresenceLimits): { tell?: Told; lookAt?: Date } {
  const { told } = presence;
  const { status, activeCount } = told ?? unknown;
  const idleAt = standing.status === 'offline' ? {} : { lookAt: new Date(presence.activeAt.getTime() + idleMs) };
  if (status === standing.status && activeCount === standing.activeCount) return idleAt;
  const mayTellAt = told ? new Date(told.at.getTime() + tellEveryMs) : now;
  return mayTellAt > now ? { lookAt: mayTellAt } : { tell: { ...standing, at: now }, ...idleAt };
}
