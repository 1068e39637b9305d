import type { LiveEvents, TrayCounts } from '@relevo/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Identity } from '../auth/access-tokens.js';
import type { Hold } from '../feed/feed-pool.js';
import type { Sight } from '../live/rooms.js';
import type { WorkspaceFeed } from '../live/workspace-feed.js';

/** What is kept for each connected agent; its size is paid once per socket. */
export interface AgentSocketData {
  identity: Identity;
  /** Cuts the socket when its token expires. */
  expiry?: NodeJS.Timeout;
  hold?: Hold<WorkspaceFeed>;
  /** What its rooms follow from; absent until it is ready. */
  sight?: Sight;
  /** It resumed, and whether its agent saw the same before is not known: the next news of the agent counts as a change. */
  sightInDoubt?: boolean;
  /** Its agent's, as they were last told. */
  counts?: TrayCounts;
}

export type AgentSocket = Socket<DefaultEventsMap, LiveEvents, DefaultEventsMap, AgentSocketData>;
/** What a socket goes over. */
export type Connection = AgentSocket['conn'];
export type AgentNamespace = Namespace<DefaultEventsMap, LiveEvents, DefaultEventsMap, AgentSocketData>;
