import { IsString, Length } from '../fields.js';
import type { AgentView, WorkspaceView } from '../routing/routing.js';

export class Login {
  @IsString() @Length(1, 254) email: string;
  @IsString() @Length(1, 200) password: string;
}

export class RefreshSession {
  @IsString() @Length(1, 512) refreshToken: string;
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
