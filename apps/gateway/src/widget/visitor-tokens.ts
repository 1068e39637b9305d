import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError } from '@relevo/contracts';
import { Clock } from '@relevo/platform';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { GatewayConfig } from '../config.js';

/** A customer at a channel's widget, in the channel's own words: `visitor:<id>`, or `user:<userId>` of the site's own users. */
export interface Visitor {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly externalId: string;
}

/** One who is here. */
export interface PresentVisitor extends Visitor {
  /** What they are called, as they said when they came. No token vouches for it. */
  readonly name?: string;
  /** Their channel takes voice messages, where its workspace does. */
  readonly takesVoice: boolean;
}

const algorithm = 'HS256';
const issuer = 'relevo';
const audience = 'relevo-visitors';
const keyBytes = 32;

/** Whatever is wrong with a visit is answered alike. */
export const noVisit = (cause?: unknown): AppError => new AppError('UNAUTHENTICATED', 'This visit is not one of this channel.', { cause });

function visitorOf({ sub, wid, cid }: JWTPayload): Visitor {
  if (typeof sub !== 'string' || typeof wid !== 'string' || typeof cid !== 'string') throw noVisit();
  return { workspaceId: wid, channelId: cid, externalId: sub };
}

/** Tokens by which visitors are known again. Key and audience are their own: none is an agent's, and no agent's is one. */
@Injectable()
export class VisitorTokens {
  private readonly key: Uint8Array;

  constructor(
    private readonly config: GatewayConfig,
    private readonly clock: Clock,
  ) {
    this.key = new Uint8Array(hkdfSync('sha256', config.JWT_SECRET, '', audience, keyBytes));
  }

  sign({ workspaceId, channelId, externalId }: Visitor): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ wid: workspaceId, cid: channelId })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(externalId)
      .setIssuedAt(now)
      .setExpirationTime(now + this.config.VISITOR_TOKEN_SECONDS)
      .sign(this.key);
  }

  /** The algorithm is pinned: what a token says about how to check it is not believed. */
  async verify(token: string): Promise<Visitor> {
    try {
      const requiredClaims = ['exp', 'sub', 'wid', 'cid'];
      const { payload } = await jwtVerify(token, this.key, { algorithms: [algorithm], issuer, audience, requiredClaims, currentDate: this.clock.now() });
      return visitorOf(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) throw noVisit(error);
      throw error;
    }
  }
}
