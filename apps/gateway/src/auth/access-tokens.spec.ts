import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { Clock } from '@relevo/platform';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { readGatewayConfig } from '../config.js';
import { AccessTokens } from './access-tokens.js';

const secret = 'k'.repeat(40);
const now = new Date('2026-05-04T12:00:00.000Z');
const nowSeconds = now.getTime() / 1000;

class StoppedClock extends Clock {
  at = now;

  now(): Date {
    return this.at;
  }
}

const owner = { agentId: 'ana', workspaceId: 'sur', sessionId: 's1' };

function tokensAt(at = now): AccessTokens {
  const clock = new StoppedClock();
  clock.at = at;
  return new AccessTokens(readGatewayConfig({ JWT_SECRET: secret }), clock);
}

const claims = { iss: 'relevo', aud: 'relevo-agents', sub: 'ana', wid: 'sur', sid: 's1', iat: nowSeconds, exp: nowSeconds + 900 };
const key = (text = secret) => createSecretKey(Buffer.from(text));
const signed = (payload: JWTPayload, alg = 'HS256', by = key()) => new SignJWT(payload).setProtectedHeader({ alg }).sign(by);
const without = (claim: keyof typeof claims): JWTPayload => Object.fromEntries(Object.entries(claims).filter(([name]) => name !== claim));

describe('access tokens', () => {
  it('say who, where, in which session and until when', async () => {
    const token = await tokensAt().sign(owner);
    expect(await tokensAt().verify(token)).toEqual({ ...owner, expiresAt: now.getTime() + 900_000 });
  });

  it('are good until they expire, and not a second longer', async () => {
    const token = await tokensAt().sign(owner);
    const end = now.getTime() + 900_000;
    await expect(tokensAt(new Date(end - 1)).verify(token)).resolves.toBeDefined();
    await expect(tokensAt(new Date(end)).verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const forged: [string, () => string | Promise<string>][] = [
    ['are no token', () => 'x'],
    ['are empty', () => ''],
    ['are not signed (alg none)', () => new UnsecuredJWT(claims).encode()],
    ['say alg none over a good signature', async () => (await signed(claims)).replace(/^[^.]+/, Buffer.from('{"alg":"none"}').toString('base64url'))],
    ['are signed with another key', () => signed(claims, 'HS256', key('f'.repeat(40)))],
    ['are signed in another way with our key', () => signed(claims, 'HS512', key('k'.repeat(64)))],
    ['are signed by RSA', () => new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(rsa)],
    ['were altered', async () => (await signed(claims)).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...claims, sub: 'boss' })).toString('base64url')}.`)],
    ['are for another audience', () => signed({ ...claims, aud: 'others' })],
    ['are of another issuer', () => signed({ ...claims, iss: 'others' })],
    ['hold a number for an agent', () => signed({ ...claims, sub: 7 as never })],
    ['hold an object for a session', () => signed({ ...claims, sid: {} })],
    ...(['exp', 'sub', 'wid', 'sid', 'iss', 'aud'] as const).map((claim): [string, () => Promise<string>] => [`lack ${claim}`, () => signed(without(claim))]),
  ];

  it.each(forged)('that %s are refused', async (_, forge) => {
    await expect(tokensAt().verify(await forge())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
