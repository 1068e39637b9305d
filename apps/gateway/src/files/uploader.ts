import { digestId } from '@relevo/platform';

/** Whose an upload is, as its record keeps it: nobody else sends it. */
export const uploaderOf = {
  agent: (agentId: string): string => `agent:${agentId}`,
  /** A visitor of a channel's widget. */
  visitor: (channelId: string, externalId: string): string => `visitor:${digestId('visitor', channelId, externalId)}`,
  /** Nobody: made of another file, to be sent in its place. */
  madeOf: (attachmentId: string): string => `made-of:${attachmentId}`,
  /** A channel's system outside. */
  channel: (channelId: string): string => `channel:${channelId}`,
} as const;
