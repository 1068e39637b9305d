import { DeliveryReport, InboundMessage } from '../channels/channels.js';
import { typingEvents } from '../conversations/typing.js';
import { viewingEvents } from '../conversations/viewing.js';
import { Heartbeat } from '../routing/presence.js';
import type { Class } from '../validate.js';
import { ChangeOwnPassword, Login, Logout, RefreshAccess, RefreshSession } from './auth.js';
import { operations, requestOf, type HttpMethod } from './operations.js';

/**
 * What a caller needs: nothing, an agent's access token, a visitor's token, the channel's signature of the body, or a link
 * that was given to somebody who may. Whatever else decides, decides later.
 */
export type Access = 'public' | 'bearer' | 'visitor' | 'signed' | 'link';

/** A route that the gateway answers by itself, besides those of `operations`. */
export interface GatewayRoute {
  readonly method: HttpMethod;
  /** From the root; `:name` stands for an id. */
  readonly path: string;
  readonly access: Access;
  /** Its JSON body; it takes none when absent. */
  readonly request?: Class<object>;
}

const listed = [
  { method: 'POST', path: '/v1/auth/login', access: 'public', request: Login },
  // Both may be asked with a refresh token alone: whoever has one needs no other.
  { method: 'POST', path: '/v1/auth/refresh', access: 'public', request: RefreshSession },
  { method: 'POST', path: '/v1/auth/logout', access: 'public', request: Logout },
  { method: 'GET', path: '/v1/me', access: 'bearer' },
  { method: 'POST', path: '/v1/auth/password', access: 'bearer', request: ChangeOwnPassword },
  { method: 'GET', path: '/v1/auth/sessions', access: 'bearer' },
  { method: 'DELETE', path: '/v1/auth/sessions/:sessionId', access: 'bearer' },
  { method: 'POST', path: '/v1/channels/:channelId/inbound', access: 'signed', request: InboundMessage },
  { method: 'POST', path: '/v1/channels/:channelId/statuses', access: 'signed', request: DeliveryReport },
  // A form (`multipart/form-data`): `file`, and for a voice message `voice`, `durationMs`.
  { method: 'POST', path: '/v1/attachments', access: 'bearer' },
  { method: 'GET', path: '/v1/attachments/:attachmentId', access: 'bearer' },
  // Of one's own that is in no message; anything else is `NOT_FOUND`. 204.
  { method: 'DELETE', path: '/v1/attachments/:attachmentId', access: 'bearer' },
  { method: 'GET', path: '/v1/attachments/:attachmentId/thumbnail', access: 'bearer' },
  { method: 'GET', path: '/v1/attachments/:attachmentId/link', access: 'bearer' },
  { method: 'POST', path: '/v1/widget/attachments', access: 'visitor' },
  { method: 'GET', path: '/v1/widget/attachments/:attachmentId', access: 'visitor' },
  { method: 'DELETE', path: '/v1/widget/attachments/:attachmentId', access: 'visitor' },
  { method: 'GET', path: '/v1/widget/attachments/:attachmentId/thumbnail', access: 'visitor' },
  { method: 'GET', path: '/v1/widget/attachments/:attachmentId/link', access: 'visitor' },
  { method: 'GET', path: '/v1/files/:attachmentId/content', access: 'link' },
  { method: 'GET', path: '/v1/files/:attachmentId/thumbnail', access: 'link' },
  { method: 'GET', path: '/v1/channels/:channelId/attachments/:attachmentId', access: 'signed' },
  { method: 'GET', path: '/healthz', access: 'public' },
  { method: 'GET', path: '/readyz', access: 'public' },
  { method: 'GET', path: '/metrics', access: 'public' },
] as const satisfies readonly GatewayRoute[];

export const gatewayRoutes: readonly GatewayRoute[] = listed;

type NameOf<R extends GatewayRoute> = R extends { method: infer Method extends string; path: infer Path extends string } ? `${Method} ${Path}` : never;

export type GatewayRouteName = NameOf<(typeof listed)[number]>;

/** What a socket in namespace `/agent` may ask: the operations that have an event, and what the gateway answers by itself. */
export const agentSocketEvents: ReadonlyMap<string, Class<object>> = new Map<string, Class<object>>([
  ...operations.flatMap((operation) => (operation.event === undefined ? [] : [[operation.event, requestOf(operation)] as const])),
  ...Object.entries(typingEvents).map(([event, { request }]): [string, Class<object>] => [event, request]),
  ...Object.entries(viewingEvents),
  ['auth.refresh', RefreshAccess],
  ['presence.heartbeat', Heartbeat],
]);
