import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { AppError, openVisit, validateShape, WidgetAuth } from '@relevo/contracts';
import { RateLimits, systemCaller } from '@relevo/messaging';
import { GatewayConfig } from '../config.js';
import { networkOf } from '../http/client.js';
import { isOriginAllowed } from '../socket/origin.js';
import { noVisit, type PresentVisitor, VisitorTokens } from './visitor-tokens.js';
import { WidgetBus } from './widget-bus.js';

/** Nobody guesses it, though it is no secret: a token proves it. */
const visitorIdBytes = 18;

/** Finds out who stands at a widget. A customer is made of them only when they write. */
@Injectable()
export class Visits {
  constructor(
    private readonly bus: WidgetBus,
    private readonly tokens: VisitorTokens,
    private readonly limits: RateLimits,
    private readonly config: GatewayConfig,
  ) {}

  /** The user whom the site vouches for; else whom the token names; else somebody new. */
  async open(auth: unknown, headers: IncomingHttpHeaders, address: string): Promise<PresentVisitor> {
    const { channelId, visitorToken, userId, userHash, name } = readAuth(auth);
    const isVouchedFor = userId !== undefined || userHash !== undefined;
    const known = visitorToken === undefined || isVouchedFor ? null : await this.tokens.verify(visitorToken);
    if (known && known.channelId !== channelId) throw noVisit();
    if (known === null && !isVouchedFor) await this.limits.take(`visit ${networkOf(address)}`, this.config.visitRate, 'Too many visits from this address. Come again in a moment.');
    const proof = { ...(userId !== undefined && { userId }), ...(userHash !== undefined && { userHash }) };
    const opened = await this.bus.request(openVisit, { channelId, foreignOrigin: this.foreignOrigin(headers), ...proof }, systemCaller('gateway'));
    const externalId = opened.externalId ?? known?.externalId ?? `visitor:${randomBytes(visitorIdBytes).toString('base64url')}`;
    return { workspaceId: opened.workspaceId, channelId, externalId, takesVoice: opened.voice, ...(name !== undefined && { name }) };
  }

  /** Null where there is nothing for the channel to check. */
  private foreignOrigin(headers: IncomingHttpHeaders): string | null {
    return isOriginAllowed(headers, this.config.allowedOrigins) ? null : (headers.origin ?? null);
  }
}

/** A refused handshake has one code, but an integrator is told which field is wrong. */
function readAuth(auth: unknown): WidgetAuth {
  try {
    return validateShape(WidgetAuth, auth);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError('UNAUTHENTICATED', error.message, { errors: error.errors });
  }
}
