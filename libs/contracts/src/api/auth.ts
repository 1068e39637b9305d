import { IsCommandId, IsNewPassword, IsString, Length, Optional } from '../fields.js';
import type { AgentView, WorkspaceView } from '../routing/routing.js';

export class Login {
  @IsString() @Length(1, 254) email: string;
  @IsString() @Length(1, 200) password: string;
}

export class RefreshSession {
  @IsString() @Length(1, 512) refreshToken: string;
  /**
   * Made once for this token and kept beside it: whoever has no answer asks again with both, and is given tokens for half a
   * minute. Without it a token is good for one request.
   */
  @Optional() @IsCommandId() commandId?: string;
}

/** Ends the session of the refresh token given, else that of the access token the request carries. */
export class Logout {
  @Optional() @IsString() @Length(1, 512) refreshToken?: string;
}

/** The agent's own; ends all of their other sessions. A wrong current password counts as a failed login. */
export class ChangeOwnPassword {
  @IsString() @Length(1, 200) currentPassword: string;
  /** Not the email. */
  @IsNewPassword() newPassword: string;
}

/** One sign-in, as its own agent sees it. Its `id` is good for ending it, and for nothing else. */
export interface OwnSession {
  id: string;
  createdAt: string;
  refreshedAt: string;
  /** Unless it is refreshed before. */
  expiresAt: string;
  /** Whether it is the one that asks. */
  current: boolean;
  /** What the client said it is when it signed in; null when it said nothing. */
  userAgent: string | null;
  /** Where from it signed in. */
  address: string;
}

export interface OwnSessionList {
  items: OwnSession[];
  nextCursor: string | null;
}

/** Body of the socket's `auth.refresh`: a fresh access token of the same agent, so that the socket is not cut. */
export class RefreshAccess {
  @IsString() @Length(1, 4096) token: string;
}

/** Answer of `auth.refresh`: the new token's remaining life in seconds. */
export interface AccessView {
  expiresIn: number;
}

/** Answer of login and refresh; `expiresIn` is the access token's life in seconds. */
export interface SessionView {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  agent: AgentView;
  workspace: WorkspaceView;
}
