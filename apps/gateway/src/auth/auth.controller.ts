import { Controller, Get, HttpCode, Post, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import { Login, Logout, type MeView, RefreshSession, type SessionView, verifyPassword } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { type Request, type Response } from 'express';
import { clientOf } from '../http/client.js';
import { localsOf } from '../http/locals.js';
import { ReadAuthBody } from '../http/read-body.js';
import { noQuery } from '../http/query.js';
import { bodyAs, bodyWithKeyAs } from '../operations/request-body.js';
import { AccessTokens, type Identity, isUnauthenticated, unauthenticated } from './access-tokens.js';
import { AgentDirectory } from './agent-directory.js';
import { Authenticator, goesOn } from './authenticator.js';
import { bearerToken } from '../http/bearer-token.js';
import { BearerGuard, sessionOf } from './bearer.guard.js';
import { LoginLimit } from './login-limit.js';
import { Sessions } from './sessions.js';

/** Signing in and out, and who one is. None of these is a command: they need no `commandId`. */
@Controller('v1')
export class AuthController {
  constructor(
    private readonly bus: MessageBus,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
    private readonly directory: AgentDirectory,
    private readonly authenticator: Authenticator,
    private readonly limit: LoginLimit,
  ) {}

  @Post('auth/login')
  @HttpCode(200)
  @UseInterceptors(ReadAuthBody)
  async login(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SessionView> {
    const { email, password } = bodyAs(Login, request, response);
    const { correlationId } = localsOf(response);
    const client = clientOf(request);
    const { agent, workspace, credentialId } = await this.limit.attempt(
      { email, address: client.address },
      () => this.bus.request(verifyPassword, { email, password }, { ...systemCaller('gateway'), correlationId }),
      isUnauthenticated,
    );
    const owner = { agentId: agent.id, workspaceId: workspace.id };
    const { sessionId, refreshToken } = await this.sessions.open({ ...owner, credentialId, ...client });
    const accessToken = await this.tokens.sign({ ...owner, sessionId });
    return { accessToken, refreshToken, expiresIn: this.tokens.lifetime, agent, workspace };
  }

  @Post('auth/refresh')
  @HttpCode(200)
  @UseInterceptors(ReadAuthBody)
  async refresh(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SessionView> {
    const given = bodyWithKeyAs(RefreshSession, request, response);
    const { sessionId, credentialIds, ...owner } = await this.sessions.ofRefreshToken(given.refreshToken, given.commandId);
    const found = await this.directory.fresh(owner);
    if (!goesOn({ credentialIds }, found)) throw unauthenticated();
    const { agent, workspace } = found;
    const accessToken = await this.tokens.sign({ ...owner, sessionId });
    // Last, so that an error above leaves the caller with a token that is still good.
    const refreshToken = await this.sessions.rotate(given.refreshToken, given.commandId);
    return { accessToken, refreshToken, expiresIn: this.tokens.lifetime, agent, workspace };
  }

  /** A refresh token in the body is enough: an expired access token does not keep anybody signed in. */
  @Post('auth/logout')
  @HttpCode(204)
  @UseInterceptors(ReadAuthBody)
  async logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { refreshToken } = bodyAs(Logout, request, response);
    const { sessionId } = refreshToken === undefined ? await this.bearerOf(request) : await this.sessions.ofRefreshToken(refreshToken);
    await this.sessions.revoke(sessionId);
  }

  @Get('me')
  @UseGuards(BearerGuard)
  async me(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<MeView> {
    noQuery(request.query);
    const { agent, workspace, settings } = await this.directory.fresh(sessionOf(response).identity);
    return { ...agent, workspace, settings };
  }

  private async bearerOf(request: Request): Promise<Identity> {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw unauthenticated();
    return (await this.authenticator.authenticate(token)).identity;
  }
}
