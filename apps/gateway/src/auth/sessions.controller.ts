import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import { AppError, ChangeOwnPassword, changePassword, httpStatusOf, notFound, type OwnSession, type OwnSessionList, PageRequest, pageOf, validateShape } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { digestId, newId } from '@relevo/platform';
import { type Request, type Response } from 'express';
import { addressOf } from '../http/client.js';
import { localsOf } from '../http/locals.js';
import { ReadAuthBody } from '../http/read-body.js';
import { noQuery, queryFields } from '../http/query.js';
import { bodyAs } from '../operations/request-body.js';
import { BearerGuard, sessionOf } from './bearer.guard.js';
import { LoginLimit } from './login-limit.js';
import type { SessionRecord } from './session.schema.js';
import { Sessions } from './sessions.js';

/** A session's own id is in its tokens; what is shown leads to it, and cannot be turned into it. */
const shownId = (sessionId: string): string => digestId('session', sessionId);

const viewOf = (session: SessionRecord, current: string): OwnSession => ({
  id: shownId(session._id),
  createdAt: session.createdAt.toISOString(),
  refreshedAt: session.refreshedAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  current: session._id === current,
  userAgent: session.userAgent,
  address: session.address,
});

/** Whether it is sure that nothing happened. */
const isRefusal = (error: unknown): boolean => error instanceof AppError && httpStatusOf[error.code] < 500;

/** That it was the current password that was wrong. */
const isWrongPassword = (error: unknown): boolean =>
  error instanceof AppError && error.errors?.some(({ path }) => path === 'currentPassword') === true;

/** An agent's own sign-ins, and the password that they rest on. */
@Controller('v1/auth')
@UseGuards(BearerGuard)
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly bus: MessageBus,
    private readonly limit: LoginLimit,
  ) {}

  @Get('sessions')
  async list(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<OwnSessionList> {
    const page = validateShape(PageRequest, queryFields(request.query));
    const { identity, credentialId } = sessionOf(response);
    const going = await this.sessions.of(identity.agentId, credentialId);
    return pageOf(
      going.map((session) => viewOf(session, identity.sessionId)),
      page,
      ({ id }) => id,
    );
  }

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  async end(@Param('sessionId') id: string, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    noQuery(request.query);
    const { identity, credentialId } = sessionOf(response);
    const found = (await this.sessions.of(identity.agentId, credentialId)).find(({ _id }) => shownId(_id) === id);
    if (!found) throw notFound('session');
    await this.sessions.revoke(found._id);
  }

  /**
   * The session that asks is first let go on under the credentials to come, then they come, then the others are ended.
   * A crash in between leaves no session of the old password alive: what they rest on has changed.
   */
  @Post('password')
  @HttpCode(204)
  @UseInterceptors(ReadAuthBody)
  async changePassword(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { currentPassword, newPassword } = bodyAs(ChangeOwnPassword, request, response);
    const { identity, agent } = sessionOf(response);
    const { agentId, workspaceId, sessionId } = identity;
    const correlationId = localsOf(response).correlationId;
    const next = newId();
    await this.sessions.expect(sessionId, next);
    try {
      const change = { agentId, currentPassword, newPassword, credentialId: next };
      await this.limit.attempt(
        { email: agent.email, address: addressOf(request) },
        () => this.bus.request(changePassword, change, { ...systemCaller('gateway', workspaceId), correlationId }),
        isWrongPassword,
      );
    } catch (error) {
      if (isRefusal(error)) await this.sessions.expectNoMore(sessionId, next);
      throw error;
    }
    await this.sessions.revokeOthers(agentId, sessionId);
  }
}
