import type { WidgetEvents } from '@relevo/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Hold } from '../feed/feed-pool.js';
import type { VisitorFeed } from './visitor-feed.js';
import type { PresentVisitor, Visitor } from './visitor-tokens.js';

/** What is kept for each connected visitor; its size is paid once per socket. */
export interface WidgetSocketData {
  visitor: PresentVisitor;
  hold?: Hold<VisitorFeed>;
}

export type WidgetSocket = Socket<DefaultEventsMap, WidgetEvents, DefaultEventsMap, WidgetSocketData>;
export type WidgetNamespace = Namespace<DefaultEventsMap, WidgetEvents, DefaultEventsMap, WidgetSocketData>;

/** All of a visitor's sockets. Ids hold no colon, so the parts cannot run into each other. */
export const roomOf = ({ workspaceId, channelId, externalId }: Visitor): string => `${workspaceId}:${channelId}:${externalId}`;
