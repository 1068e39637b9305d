import type { Visibility } from '@relevo/contracts';

/**
 * Where a dead letter comes back: in its own stream, on a subject that nobody but its durable reads, with the address
 * of the event after the prefix. Published again on its first subject, every other service would meet it twice.
 */
export const replaySubjects = (durable: string, visibility: Visibility): string => `evt.replay.${durable}.${visibility}.>`;

const prefixOf = (durable: string, visibility: string): string => `evt.replay.${durable}.${visibility}.`;

export function toReplaySubject(durable: string, visibility: string, subject: string): string {
  return prefixOf(durable, visibility) + subject.replace(/^evt\./, '').replace(`.${visibility}.`, '.');
}

/** The subject as it first was; any other subject is returned as it is. */
export function originalSubject(durable: string, visibility: string, subject: string): string {
  const prefix = prefixOf(durable, visibility);
  if (!subject.startsWith(prefix)) return subject;
  const [owner, workspaceId, ...rest] = subject.slice(prefix.length).split('.');
  return ['evt', owner, workspaceId, visibility, ...rest].join('.');
}
