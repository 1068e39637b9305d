import { IsString, Length, Optional } from '../fields.js';
import type { AgentView, WorkspaceView } from '../routing/routing.js';

export class Login {
  @IsString() @Length(1, 254) email: string;
  @IsString() @Length(1, 200) password: string;
}

export class RefreshSession {
  @IsString() @Length(1, 512) refreshToken: string;
}

/** Ends the session of the refresh token given, else that of the access token the request carries. */
export class Logout {
  @Optional() @IsString() @Length(1, 512) refreshToken?: string;
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

/** Answer of `GET /me`. */
export type MeView = AgentView & { workspace: WorkspaceView };
