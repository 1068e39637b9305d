import { Injectable } from '@nestjs/common';
import type { AgentActor, AgentInWorkspace } from '@relevo/contracts';
import { Clock } from '@relevo/platform';
import { AccessTokens, type Identity, unauthenticated } from './access-tokens.js';
import { AgentDirectory } from './agent-directory.js';
import { type Standing, Sessions } from './sessions.js';

/** An authenticated agent, as they are now. */
export interface Session extends AgentInWorkspace {
  readonly identity: Identity;
}

/** Who every service is told is asking. */
export const actorOf = ({ agent, workspace }: AgentInWorkspace): AgentActor => ({
  kind: 'agent',
  workspaceId: workspace.id,
  id: agent.id,
  name: agent.name,
  role: agent.role,
  teamIds: agent.teamIds,
});

/** A session is over when it was ended, and when its agent's credentials are no more those it goes on under. */
export const goesOn = ({ credentialIds }: Standing, { credentialId }: AgentInWorkspace): boolean => credentialIds.includes(credentialId);

/** Turns a token into an agent. Everything that is wrong with it is answered alike: `UNAUTHENTICATED`. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly directory: AgentDirectory,
    private readonly clock: Clock,
  ) {}

  /**
   * Over REST a request may come to any replica. One whose caller was told by another that their teams changed must not be
   * answered with the teams they had, so what is remembered here is not enough.
   */
  async authenticate(token: string): Promise<Session> {
    return this.judge(await this.tokens.verify(token), (identity) => this.directory.fresh(identity));
  }

  /** The same agent later, by what this replica was told: a socket's identity outlives the instant it was checked. */
  current(identity: Identity): Promise<Session> {
    return this.judge(identity, () => this.directory.get(identity));
  }

  private async judge(identity: Identity, find: (identity: Identity) => Promise<AgentInWorkspace>): Promise<Session> {
    if (identity.expiresAt <= this.clock.now().getTime()) throw unauthenticated();
    const { sessionId } = identity;
    let [standing, found] = await Promise.all([this.sessions.standing(sessionId), find(identity)]);
    if (!goesOn(standing, found)) {
      // Either may be of before a change of password that the other knows.
      [standing, found] = await Promise.all([this.sessions.freshStanding(sessionId), this.directory.fresh(identity)]);
      if (!goesOn(standing, found)) throw unauthenticated();
    }
    return { identity, ...found };
  }
}
