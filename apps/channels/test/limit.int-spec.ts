import { AppError, receiveWebhook } from '@relevo/contracts';
import { RateLimits } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { eventually } from '@relevo/testing';
import { signatureOf } from '../src/channels/signature.js';
import { System } from './system.js';

const burst = 8;
const tries = 24;

/** Nothing comes back while the test runs, so that counts are exact. */
let system: System;

beforeAll(async () => {
  system = await System.start({ INBOUND_PER_SECOND: '0.001', INBOUND_BURST: String(burst) });
  await eventually(() => expect(system.replicas.apps.map((app) => app.get(RateLimits).replicas)).toEqual([2, 2]));
});

afterAll(() => system?.stop());

const codesOf = (posts: readonly Promise<unknown>[]): Promise<string[]> =>
  Promise.all(posts.map((post) => post.then(() => 'ok', (error: unknown) => (error instanceof AppError ? error.code : String(error)))));

const count = (codes: readonly string[], code: string): number => codes.filter((each) => each === code).length;

it('takes so many signed messages of a channel over all replicas, whatever unsigned ones come before them', async () => {
  // Several, so that each replica owns some of them.
  for (let index = 0; index < 4; index++) {
    const { id: channelId, secret } = await system.aChannel();
    const post = (signed: boolean, text = 'hola'): Promise<unknown> => {
      const rawBody = JSON.stringify({ externalMessageId: newId(), sender: { externalId: '+541' }, message: { text } });
      return system.replicas.ask(receiveWebhook, { channelId, signature: signed ? signatureOf(rawBody, secret) : '', rawBody }, { kind: 'system', id: 'gateway' });
    };
    const unsigned = await codesOf(Array.from({ length: tries }, () => post(false)));
    expect(count(unsigned, 'UNAUTHENTICATED')).toBe(tries);
    expect(count(await codesOf(Array.from({ length: tries }, () => post(true, ''))), 'VALIDATION_FAILED')).toBe(tries);
    const codes = await codesOf(Array.from({ length: tries }, () => post(true)));
    expect([count(codes, 'ok'), count(codes, 'RATE_LIMITED')]).toEqual([burst, tries - burst]);
    // Nobody learns from a limit that a channel is there.
    expect(await codesOf([post(false)])).toEqual(['UNAUTHENTICATED']);
  }
});
