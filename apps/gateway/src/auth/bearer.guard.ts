import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { bearerToken } from '../http/bearer-token.js';
import { localsOf } from '../http/locals.js';
import { GatewayPresence } from '../presence/presence.js';
import { unauthenticated } from './access-tokens.js';
import { Authenticator, type Session } from './authenticator.js';

@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly presence: GatewayPresence,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const token = bearerToken(http.getRequest<Request>().headers.authorization);
    if (token === undefined) throw unauthenticated();
    const session = await this.authenticator.authenticate(token);
    this.presence.active(session.identity);
    localsOf(http.getResponse<Response>()).session = session;
    return true;
  }
}

/** The agent behind a request that passed the guard. */
export function sessionOf(response: Response): Session {
  const { session } = localsOf(response);
  if (!session) throw unauthenticated();
  return session;
}
