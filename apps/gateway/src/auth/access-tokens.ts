import { Injectable } from '@nestjs/common';
import { AppError } from '@relevo/contracts';
import { Clock } from '@relevo/platform';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { GatewayConfig } from '../config.js';

/** Who a token says its bearer is. Nothing they may do: roles and teams are looked up, so that they can change. */
export interface Identity {
  readonly agentId: string;
  readonly workspaceId: string;
  readonly sessionId: string;
  /** Unix time in ms. */
  readonly expiresAt: number;
}

const algorithm = 'HS256';
const issuer = 'relevo';
const audience = 'relevo-agents';

export const unauthenticated = (cause?: unknown): AppError =>
  new AppError('UNAUTHENTICATED', 'A valid access token is needed.', { cause });

export const isUnauthenticated = (error: unknown): boolean => error instanceof AppError && error.code === 'UNAUTHENTICATED';

/** The claims as what they must be; a token of ours has them all as text. */
function identityOf({ sub, wid, sid, exp }: JWTPayload): Identity {
  if (typeof sub !== 'string' || typeof wid !== 'string' || typeof sid !== 'string' || exp === undefined) throw unauthenticated();
  return { agentId: sub, workspaceId: wid, sessionId: sid, expiresAt: exp * 1000 };
}

@Injectable()
export class AccessTokens {
  private readonly key: Uint8Array;
  /** Seconds. */
  readonly lifetime: number;

  constructor(
    config: GatewayConfig,
    private readonly clock: Clock,
  ) {
    this.key = new TextEncoder().encode(config.JWT_SECRET);
    this.lifetime = config.ACCESS_TOKEN_SECONDS;
  }

  sign({ agentId, workspaceId, sessionId }: Omit<Identity, 'expiresAt'>): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ wid: workspaceId, sid: sessionId })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(agentId)
      .setIssuedAt(now)
      .setExpirationTime(now + this.lifetime)
      .sign(this.key);
  }

  /** The algorithm is pinned: what a token says about how to check it is not believed. */
  async verify(token: string): Promise<Identity> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [algorithm],
        issuer,
        audience,
        requiredClaims: ['exp', 'sub', 'wid', 'sid'],
        currentDate: this.clock.now(),
      });
      return identityOf(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) throw unauthenticated(error);
      throw error;
    }
  }
}
