import { newCommandId } from '../api/command-id.js';
import type { AgentView, SessionView, WorkspaceView } from '@relevo/contracts';

/** A sign-in as it is kept. */
export interface StoredSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When it was given, and how long the access token is good from then on, in ms of this machine's clock. */
  readonly givenAt: number;
  readonly lifetimeMs: number;
  readonly agent: AgentView;
  readonly workspace: WorkspaceView;
  /** Goes with the refresh token, so that whoever renews it again, for want of an answer, is not taken for another. Earlier versions kept none. */
  readonly renewalId?: string;
  /** Made when somebody signs in, and the same however often it is renewed. Earlier versions kept none. */
  readonly signIn?: string;
}

export const storedOf = ({ accessToken, refreshToken, expiresIn, agent, workspace }: SessionView, signIn: string | undefined, now: number): StoredSession => ({
  accessToken,
  refreshToken,
  givenAt: now,
  lifetimeMs: expiresIn * 1000,
  agent,
  workspace,
  renewalId: newCommandId(),
  ...(signIn !== undefined && { signIn }),
});

/** It is renewed this long before it expires, so that no request meets its end: a minute, of short ones a fifth. */
export const renewedAt = ({ givenAt, lifetimeMs }: StoredSession): number => givenAt + lifetimeMs - Math.min(60_000, lifetimeMs / 5);

/** A clock that was put back makes it look fresh for ever; what is of the future is not believed. */
export const isFresh = (session: StoredSession, now: number): boolean => session.givenAt <= now && now < renewedAt(session);

export function parseSession(text: string | null): StoredSession | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<StoredSession>;
    const isWhole = typeof value.accessToken === 'string' && typeof value.refreshToken === 'string' && typeof value.givenAt === 'number' && typeof value.lifetimeMs === 'number';
    return isWhole && value.agent && value.workspace ? (value as StoredSession) : null;
  } catch {
    return null;
  }
}
